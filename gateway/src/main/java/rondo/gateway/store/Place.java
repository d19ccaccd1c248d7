package rondo.gateway.store;

import rondo.ring.register.Bytes;

/** Where an object is or is to be. */
public record Place(Bucket bucket, String key) {
  Bytes keyBytes() {
    return Bytes.utf8(key);
  }
}
