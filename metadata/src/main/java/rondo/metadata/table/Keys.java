package rondo.metadata.table;

import java.nio.ByteBuffer;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** The keys of all registers, table by table. */
public final class Keys {
  private static final Bytes ZERO = Bytes.wrap(new byte[1]);

  private Keys() {}

  /** Returns the key of a bucket's row. */
  public static Key bucket(String name) {
    return new Key(Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.utf8(name));
  }

  /** Returns the key of a removed bucket that has rows left. */
  public static Key gone(Bytes bucketId) {
    return new Key(Tables.GONE_BUCKETS, Tables.GONE_PARTITION, bucketId);
  }

  /** Returns the key of the progress of a bucket's lifecycle rules. */
  public static Key lifecycle(String bucket) {
    return new Key(Tables.LIFECYCLES, Tables.LIFECYCLES_PARTITION, Bytes.utf8(bucket));
  }

  /** Returns the key of a shard's fence. */
  public static Key fence(Bytes shard) {
    return new Key(Tables.SHARDS, shard, Bytes.EMPTY);
  }

  /** Returns the key of an object's head. */
  public static Key object(Bytes shard, Bytes key) {
    return new Key(Tables.OBJECTS, shard, key);
  }

  /** Returns the key of a multipart upload's row. */
  public static Key upload(Bytes shard, Bytes key, Bytes upload) {
    return new Key(Tables.UPLOADS, shard, Bytes.concat(key, ZERO, upload));
  }

  /**
   * @param number 1 to 10,000
   */
  public static Key part(Bytes shard, Bytes key, Bytes upload, int number) {
    byte[] twoBytes = ByteBuffer.allocate(Short.BYTES).putShort((short) number).array();
    return new Key(Tables.PARTS, shard, Bytes.concat(parts(key, upload), Bytes.wrap(twoBytes)));
  }

  /** Returns the prefix of the sort keys of an upload's parts. */
  public static Bytes parts(Bytes key, Bytes upload) {
    return Bytes.concat(key, ZERO, upload);
  }

  /** Returns the number of the part with this sort key. */
  public static int partNumber(Bytes sort) {
    int high = Byte.toUnsignedInt(sort.at(sort.length() - 2));
    return high << Byte.SIZE | Byte.toUnsignedInt(sort.at(sort.length() - 1));
  }

  /**
   * Returns the key of the reference by which an owner shares a blob.
   *
   * @param reference names the owner's row among all that share the blob
   */
  public static Key reference(Bytes blob, Bytes reference) {
    return new Key(Tables.REFERENCES, blob, reference);
  }
}
