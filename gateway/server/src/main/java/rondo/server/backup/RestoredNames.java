package rondo.server.backup;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.store.row.RandomIds;

/**
 * The ids of restored buckets, shards and blobs. They are new, since ids are never used again, and
 * the bucket may still be there; and a restore that goes on comes to the same ones, so that no two
 * values ever have one stamp. Pure.
 *
 * @param restore the restore's own random id
 */
record RestoredNames(String restore) {
  Bytes bucket(String name) {
    return id("bucket", name.getBytes(StandardCharsets.UTF_8));
  }

  Bytes shard(Bytes old) {
    return id("shard", old.array());
  }

  Bytes blob(Bytes old) {
    return id("blob", old.array());
  }

  ByteString blob(ByteString old) {
    return ByteString.copyFrom(id("blob", old.toByteArray()).array());
  }

  private Bytes id(String kind, byte[] old) {
    MessageDigest digest = Hashes.start("SHA-256");
    digest.update((restore + "\0" + kind + "\0").getBytes(StandardCharsets.UTF_8));
    return Bytes.wrap(Arrays.copyOf(digest.digest(old), RandomIds.BYTES));
  }
}
