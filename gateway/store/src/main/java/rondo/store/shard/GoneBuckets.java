package rondo.store.shard;

import java.util.concurrent.TimeUnit;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.GoneBucket;
import rondo.metadata.shard.MoveCleaner;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.Store;
import rondo.store.bucket.DeletedBuckets;
import rondo.store.row.RowStore;

/**
 * Removes the rows that removed buckets leave behind, which no client can reach any more. Keeps all
 * rows of a bucket whose removal failed or is still going on. Used by one thread.
 */
public final class GoneBuckets {
  private static final int PAGE = 1000;

  /** Time for the removing gateway, which reads the uploads' parts at the end. */
  private static final long GRACE_MICROS = TimeUnit.MINUTES.toMicros(2);

  /** So much longer than its window a bucket is kept: a call that brings it back may go on. */
  private static final long KEPT_MICROS = TimeUnit.HOURS.toMicros(1);

  private final Store store;
  private final BucketAssignment assignment;
  private final MoveCleaner cleaner;
  private final Time time;

  /**
   * @param assignment by a bucket's id
   */
  public GoneBuckets(Store store, BucketAssignment assignment, MoveCleaner cleaner, Time time) {
    this.store = store;
    this.assignment = assignment;
    this.cleaner = cleaner;
    this.time = time;
  }

  /** Walks over all removed buckets once; returns the number that have no rows left now. */
  public int walk() {
    int ended = 0;
    var all =
        new ScanRange(
            Tables.GONE_BUCKETS, Tables.GONE_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, PAGE);
    for (Reply.Entry entry : PageCursor.over(all, store.rows()::scan)) {
      Bytes value = entry.value();
      boolean due = time.wallMicros() - entry.stamp().time() > GRACE_MICROS;
      if (value != null && due && assignment.isMine(entry.sort())) {
        ended += clean(entry, RowStore.decode(GoneBucket.parser(), value)) ? 1 : 0;
      }
    }
    return ended;
  }

  private boolean clean(Reply.Entry entry, GoneBucket gone) {
    VersionedValue now = store.rows().read(Keys.bucket(gone.getName()));
    Bytes value = now.value();
    BucketRow row = value == null ? null : RowStore.decode(BucketRow.parser(), value);
    if (row != null && row.getId().equals(gone.getId())) {
      if (row.getPhase() == BucketRow.Phase.LIVE) {
        // It is back, perhaps by a call that was cut off before it opened the shards.
        new DeletedBuckets(store.rows()).open(gone);
        forget(entry);
      }
      return false;
    }
    boolean kept = gone.hasRow() && time.wallMicros() < gone.getKeptUntilMicros() + KEPT_MICROS;
    if (kept || !cleaner.clean(gone)) {
      return false;
    }
    forget(entry);
    return true;
  }

  /** Forgets the removed bucket, unless another attempt to remove it has come since. */
  private void forget(Reply.Entry entry) {
    store
        .rows()
        .update(
            Keys.gone(entry.sort()),
            before ->
                before.stamp().equals(entry.stamp())
                    ? new Decision.Put(null)
                    : new Decision.Decline());
  }
}
