package rondo.gateway.store;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.LifecycleRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Update;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * The buckets that have lifecycle rules, and how far the work of their rules has come. A bucket
 * with rules always has a row here; one that has lost its rules may still have one. Thread-safe;
 * its methods throw what {@link Rows} throws.
 */
public final class LifecycleTable {
  private static final int PAGE = 1000;

  private final Rows rows;

  LifecycleTable(Rows rows) {
    this.rows = rows;
  }

  /** A bucket's row as it was read. */
  public record Entry(String bucket, LifecycleRow row, Stamp stamp) {}

  /**
   * Notes that the bucket gets rules: all work on it begins anew.
   *
   * @param rest how long not to begin
   */
  public void mark(Bucket bucket, Duration rest) {
    long now = rows.wallMicros();
    LifecycleRow row =
        LifecycleRow.newBuilder()
            .setSetMicros(now)
            .setIdleUntilMicros(now + rest.toNanos() / 1_000)
            .setShard(Rows.text(bucket.shards().getFirst()))
            .build();
    rows.write(Keys.lifecycle(bucket.name()), Rows.encode(row));
  }

  /** All buckets in the order of their names, read as the walk goes on. */
  public Iterable<Entry> all() {
    var range =
        new Range(
            Tables.LIFECYCLES, Tables.LIFECYCLES_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, PAGE);
    return () -> PageCursor.over(range, rows::scan).stream().flatMap(this::entry).iterator();
  }

  private Stream<Entry> entry(Reply.Entry found) {
    Bytes value = found.value();
    return value == null
        ? Stream.empty()
        : Stream.of(
            new Entry(
                found.sort().utf8(), Rows.decode(LifecycleRow.parser(), value), found.stamp()));
  }

  /**
   * Writes the bucket's row unless somebody else has written it since; null when somebody has.
   *
   * @param row null removes it
   */
  public @Nullable Entry write(Entry entry, @Nullable LifecycleRow row) {
    Bytes value = row == null ? null : Rows.encode(row);
    Update update =
        rows.update(
            Keys.lifecycle(entry.bucket()),
            before ->
                before.stamp().equals(entry.stamp())
                    ? new Judgement.Put(value)
                    : new Judgement.Decline());
    return update instanceof Update.Written(Versioned _, Stamp stamp, boolean _)
        ? new Entry(entry.bucket(), row == null ? entry.row() : row, stamp)
        : null;
  }
}
