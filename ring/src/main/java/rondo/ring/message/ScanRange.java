package rondo.ring.message;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The rows that a scan returns: those of one table and partition key whose sort key starts with
 * {@code prefix} and is at least {@code from}, at most {@code limit} entries. With a delimiter,
 * rows that contain it after the prefix are rolled up into one entry per distinct sort key up to
 * and including it.
 *
 * @param from inclusive; {@link Bytes#EMPTY} for the start
 * @param to exclusive; null for the end. A replica refuses a range that reaches into the closed
 *     tail of its partition key
 * @param delimiter null or non-empty
 * @param limit at least 1
 * @param closedBy if not null, only replicas answer whose partition key this attempt has closed
 */
public record ScanRange(
    int table,
    Bytes partition,
    Bytes prefix,
    Bytes from,
    @Nullable Bytes to,
    @Nullable Bytes delimiter,
    int limit,
    @Nullable Bytes closedBy) {

  /** A range without an end, which any replica answers. */
  public ScanRange(
      int table, Bytes partition, Bytes prefix, Bytes from, @Nullable Bytes delimiter, int limit) {
    this(table, partition, prefix, from, null, delimiter, limit, null);
  }

  /** This range in another partition key. */
  public ScanRange in(Bytes other) {
    return new ScanRange(table, other, prefix, from, to, delimiter, limit, closedBy);
  }

  /** The rest of this range from {@code start} on, at most {@code most} entries. */
  public ScanRange at(Bytes start, int most) {
    return new ScanRange(table, partition, prefix, start, to, delimiter, most, closedBy);
  }

  /** The first row of this range in a group, not rolled up. */
  public ScanRange firstOf(Bytes group, Bytes start) {
    return new ScanRange(table, partition, group, start, to, null, 1, closedBy);
  }

  /** This range, before {@code end}. */
  public ScanRange upTo(@Nullable Bytes end) {
    return new ScanRange(table, partition, prefix, from, end, delimiter, limit, closedBy);
  }

  /** This range, answered only by replicas whose partition key the attempt has closed. */
  public ScanRange closedBy(Bytes attempt) {
    return new ScanRange(table, partition, prefix, from, to, delimiter, limit, attempt);
  }
}
