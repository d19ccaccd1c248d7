package rondo.metadata.table;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * A register's key as a key of the engine, so that the rows of one table and partition key stand
 * side by side in the order of their sort keys.
 *
 * <pre>
 *   key = table:1 partitionLength:2 partition sort
 * </pre>
 */
public final class RowKey {
  private static final int MOST_PARTITION_BYTES = 0xffff;

  private RowKey() {}

  public static Bytes encode(Key key) {
    return encode(key.table(), key.partition(), key.sort());
  }

  /**
   * @throws IllegalArgumentException when the table or the partition key has no room
   */
  public static Bytes encode(int table, Bytes partition, Bytes sort) {
    if (table < 0 || table > 255 || partition.length() > MOST_PARTITION_BYTES) {
      throw new IllegalArgumentException("table " + table + ", partition key " + partition);
    }
    var buffer = ByteBuffer.allocate(3 + partition.length() + sort.length());
    buffer.put((byte) table).putShort((short) partition.length());
    return Bytes.wrap(buffer.put(partition.array()).put(sort.array()).array());
  }

  public static Key decode(Bytes row) {
    var buffer = ByteBuffer.wrap(row.array());
    int table = Byte.toUnsignedInt(buffer.get());
    int partitionEnd = 3 + Short.toUnsignedInt(buffer.getShort());
    return new Key(table, row.slice(3, partitionEnd), row.slice(partitionEnd, row.length()));
  }

  /** The sort key of a row, whose partition key is known to have {@code partitionLength} bytes. */
  public static Bytes sort(Bytes row, int partitionLength) {
    return row.slice(3 + partitionLength, row.length());
  }

  /** The first key behind all that start with {@code prefix}; null when there is none. */
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
