package rondo.store.bucket;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.LifecycleRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/**
 * The buckets that have lifecycle rules, and how far the work of those rules has come. A bucket
 * with rules always has a row here; one that has lost its rules may still have one. Thread-safe;
 * the methods throw the exceptions of {@link RowStore}.
 */
public final class LifecycleTable {
  private static final int PAGE = 1000;

  private final RowStore rows;

  public LifecycleTable(RowStore rows) {
    this.rows = rows;
  }

  /** A bucket's row as it was read. */
  public record Entry(String bucket, LifecycleRow row, Stamp stamp) {}

  /**
   * Notes that the bucket gets new rules: all work on it begins anew.
   *
   * @param rest how long the work must not begin
   */
  public void mark(Bucket bucket, Duration rest) {
    long now = rows.wallMicros();
    LifecycleRow row =
        LifecycleRow.newBuilder()
            .setSetMicros(now)
            .setIdleUntilMicros(now + rest.toNanos() / 1_000)
            .setShard(RowStore.text(bucket.shards().getFirst()))
            .build();
    rows.write(Keys.lifecycle(bucket.name()), RowStore.encode(row));
  }

  /** All buckets with rules, in the order of their names; pages are read as the walk goes on. */
  public Iterable<Entry> all() {
    var range =
        new ScanRange(
            Tables.LIFECYCLES, Tables.LIFECYCLES_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, PAGE);
    return () -> PageCursor.over(range, rows::scan).stream().flatMap(this::entry).iterator();
  }

  private Stream<Entry> entry(Reply.Entry found) {
    Bytes value = found.value();
    return value == null
        ? Stream.empty()
        : Stream.of(
            new Entry(
                found.sort().utf8(), RowStore.decode(LifecycleRow.parser(), value), found.stamp()));
  }

  /**
   * Writes the bucket's row unless another node has written it since it was read.
   *
   * @param row null to remove it
   * @return the row as written; null when another node was first
   */
  public @Nullable Entry write(Entry entry, @Nullable LifecycleRow row) {
    Bytes value = row == null ? null : RowStore.encode(row);
    ConditionalResult update =
        rows.update(
            Keys.lifecycle(entry.bucket()),
            before ->
                before.stamp().equals(entry.stamp())
                    ? new Decision.Put(value)
                    : new Decision.Decline());
    return update instanceof ConditionalResult.Written(VersionedValue _, Stamp stamp, boolean _)
        ? new Entry(entry.bucket(), row == null ? entry.row() : row, stamp)
        : null;
  }
}
