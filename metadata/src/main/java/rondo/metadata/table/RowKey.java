package rondo.metadata.table;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * Encodes a register's key as a key of the engine, so that rows of one table and partition key are
 * adjacent and in the order of their sort keys.
 *
 * <pre>
 *   key = table:1 partitionLength:2 partition sort
 * </pre>
 */
public final class RowKey {
  private static final int MOST_PARTITION_BYTES = 0xffff;

  private RowKey() {}

  /**
   * Encodes a key.
   *
   * @throws IllegalArgumentException when the table's number or the partition key is too large
   */
  public static Bytes encode(Key key) {
    return encode(key.table(), key.partition(), key.sort());
  }

  /**
   * Encodes a key.
   *
   * @throws IllegalArgumentException when the table's number or the partition key is too large
   */
  public static Bytes encode(int table, Bytes partition, Bytes sort) {
    if (table < 0 || table > 255 || partition.length() > MOST_PARTITION_BYTES) {
      throw new IllegalArgumentException("table " + table + ", partition key " + partition);
    }
    var buffer = ByteBuffer.allocate(3 + partition.length() + sort.length());
    buffer.put((byte) table).putShort((short) partition.length());
    return Bytes.wrap(buffer.put(partition.array()).put(sort.array()).array());
  }

  /** Decodes a key of the engine. */
  public static Key decode(Bytes row) {
    var buffer = ByteBuffer.wrap(row.array());
    int table = Byte.toUnsignedInt(buffer.get());
    int partitionEnd = 3 + Short.toUnsignedInt(buffer.getShort());
    return new Key(table, row.slice(3, partitionEnd), row.slice(partitionEnd, row.length()));
  }

  /** Returns the sort key of a row whose partition key has {@code partitionLength} bytes. */
  public static Bytes sort(Bytes row, int partitionLength) {
    return row.slice(3 + partitionLength, row.length());
  }

  /**
   * Returns the first key behind all keys that begin with {@code prefix}; null when there is none.
   */
  public static @Nullable Bytes after(Bytes prefix) {
    int end = prefix.length();
    while (end > 0 && prefix.at(end - 1) == (byte) 0xff) {
      end--;
    }
    if (end == 0) {
      return null;
    }
    byte[] next = prefix.slice(0, end).array();
    next[end - 1]++;
    return Bytes.wrap(next);
  }
}
