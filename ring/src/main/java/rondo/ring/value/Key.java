package rondo.ring.value;

import java.util.Comparator;

/**
 * The name of one register: a table, a partition key that says where on the ring it lives, and a
 * sort key that orders it among the rows of its table and partition key.
 *
 * @param table 0 to 255
 * @param partition hashed to the ring; all rows of one partition key share their replicas
 * @param sort the row's place among its siblings, in unsigned byte order
 */
public record Key(int table, Bytes partition, Bytes sort) {
  /** The order in which replicas return their rows: that of the bytes of {@code RowKey}. */
  public static final Comparator<Key> ORDER =
      Comparator.comparingInt(Key::table)
          .thenComparingInt((Key key) -> key.partition().length())
          .thenComparing(Key::partition)
          .thenComparing(Key::sort);
}
