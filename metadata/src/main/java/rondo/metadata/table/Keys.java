package rondo.metadata.table;

import java.nio.ByteBuffer;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** The registers' names, table by table. */
public final class Keys {
  private static final Bytes ZERO = Bytes.wrap(new byte[1]);

  private Keys() {}

  public static Key bucket(String name) {
    return new Key(Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.utf8(name));
  }

  /** What is left of a removed bucket. */
  public static Key gone(Bytes bucketId) {
    return new Key(Tables.GONE_BUCKETS, Tables.GONE_PARTITION, bucketId);
  }

  /** How far the work of a bucket's rules has come. */
  public static Key lifecycle(String bucket) {
    return new Key(Tables.LIFECYCLES, Tables.LIFECYCLES_PARTITION, Bytes.utf8(bucket));
  }

  /** The fence of a shard. */
  public static Key fence(Bytes shard) {
    return new Key(Tables.SHARDS, shard, Bytes.EMPTY);
  }

  public static Key object(Bytes shard, Bytes key) {
    return new Key(Tables.OBJECTS, shard, key);
  }

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

  /** Before all parts of an upload, and what their sort keys begin with. */
  public static Bytes parts(Bytes key, Bytes upload) {
    return Bytes.concat(key, ZERO, upload);
  }

  /** The number of the part whose sort key this is. */
  public static int partNumber(Bytes sort) {
    int high = Byte.toUnsignedInt(sort.at(sort.length() - 2));
    return high << Byte.SIZE | Byte.toUnsignedInt(sort.at(sort.length() - 1));
  }

  /**
   * An owner that shares a blob.
   *
   * @param reference names the owner's row among all that name the blob
   */
  public static Key reference(Bytes blob, Bytes reference) {
    return new Key(Tables.REFERENCES, blob, reference);
  }
}
