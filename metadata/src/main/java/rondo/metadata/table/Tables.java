package rondo.metadata.table;

import java.util.List;
import rondo.ring.value.Bytes;

/**
 * The numbers of the tables. They are in data folders and on the wire, and are never reused. {@code
 * rows.proto} defines the rows.
 */
public final class Tables {
  /** Partition key {@link #BUCKETS_PARTITION}, sort key: the bucket's name. */
  public static final int BUCKETS = 1;

  /**
   * Partition key: a shard's id, sort key: empty. The row is the shard's fence; without a row the
   * shard refuses nothing.
   */
  public static final int SHARDS = 2;

  /** Partition key: a shard's id, sort key: the object's key in UTF-8. */
  public static final int OBJECTS = 3;

  /** Partition key: a shard's id, sort key: the object's key, a zero byte, the upload's id. */
  public static final int UPLOADS = 4;

  // 5 had parts under the ids of their uploads, which couldn't be split where objects are.

  /** Partition key: a blob's id, sort key: shard and key of an owner that shares it. */
  public static final int REFERENCES = 6;

  /** Partition key {@link #ACCOUNTS_PARTITION}, sort key: the account's id. */
  public static final int ACCOUNTS = 7;

  /** Partition key {@link #KEYS_PARTITION}, sort key: the access key's id. */
  public static final int KEYS = 8;

  /** The cluster's layout. */
  public static final int LAYOUT = 9;

  /** Partition key: a shard's id, sort key: see {@link VersionRows}. */
  public static final int VERSIONS = 10;

  /**
   * Partition key: a shard's id, sort key: the object's key, a zero byte, the upload's id, the
   * part's number in two bytes.
   */
  public static final int PARTS = 11;

  /** Partition key {@link #GONE_PARTITION}, sort key: the id of a removed bucket with rows left. */
  public static final int GONE_BUCKETS = 12;

  /** Partition key {@link #LIFECYCLES_PARTITION}, sort key: the name of a bucket with rules. */
  public static final int LIFECYCLES = 20;

  /**
   * Partition key: the kind of change, sort key: empty. Changes that operators have staged but not
   * applied.
   */
  public static final int STAGED = 30;

  /**
   * Hints: writes that other nodes may have missed. These rows are this node's alone, on no ring.
   */
  public static final int HINTS = 40;

  public static final Bytes BUCKETS_PARTITION = Bytes.utf8("buckets");
  public static final Bytes ACCOUNTS_PARTITION = Bytes.utf8("accounts");
  public static final Bytes KEYS_PARTITION = Bytes.utf8("keys");

  public static final Bytes GONE_PARTITION = Bytes.utf8("gone buckets");

  public static final Bytes LIFECYCLES_PARTITION = Bytes.utf8("lifecycles");

  /** The tables whose rows are in shards, ascending. */
  public static final List<Integer> FENCED = List.of(OBJECTS, UPLOADS, VERSIONS, PARTS);

  private Tables() {}

  /**
   * Returns how many bytes the sort keys of a table have behind the object's key; a listing looks
   * for no delimiter in them.
   */
  public static int suffixBytes(int table) {
    return table == VERSIONS ? VersionRows.SUFFIX_BYTES : 0;
  }

  /** Whether the ring places the rows of this table. */
  public static boolean isShared(int table) {
    return table != LAYOUT && table != HINTS;
  }

  /** Whether the rows of this table are in shards, which may be fenced. */
  public static boolean isFenced(int table) {
    return table == OBJECTS || table == UPLOADS || table == PARTS || table == VERSIONS;
  }
}
