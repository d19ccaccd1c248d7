package rondo.store.object;

import rondo.ring.value.Bytes;
import rondo.store.row.Bucket;

/** Where an object is or will be. */
public record ObjectPlace(Bucket bucket, String key) {
  Bytes keyBytes() {
    return Bytes.utf8(key);
  }
}
