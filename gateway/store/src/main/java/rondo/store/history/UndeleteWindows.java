package rondo.store.history;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.UndeleteWindow;
import rondo.store.Store;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * Begins, changes and ends undelete windows. A window begins in two steps: from the first on,
 * writes leave versions; the second notes the time at which every gateway does so. Thread-safe.
 */
public record UndeleteWindows(Store store) {
  /** The longest that a read as of a time is under way after a shorter window excludes the time. */
  public static final Duration READS_END = Duration.ofHours(1);

  /**
   * Gives the bucket a window of that many days; 0 ends the one that it has.
   *
   * @throws StoreException UNSUPPORTED in a bucket with versioning; AVAILABLE_BUCKET,
   *     NO_SUCH_BUCKET, BUCKET_CHANGED; NOT_DONE or UNKNOWN, after which the same call goes on
   */
  public void set(String name, int days) {
    Bucket bucket = store.buckets().fresh(name);
    if (bucket.isAvailable()) {
      throw new StoreException(
          Reason.AVAILABLE_BUCKET,
          "An available bucket has no undelete window: what was current at a time is not agreed"
              + " there.");
    }
    if (days == 0 && !bucket.keepsHistory()) {
      return;
    }
    store.lifecycles().mark(bucket, READS_END);
    store.buckets().change(bucket, row -> sized(row, days, store.rows().wallMicros()));
    long begun = store.rows().wallMicros();
    store.buckets().change(bucket, row -> begun(row, begun));
  }

  private static BucketRow sized(BucketRow row, int days, long nowMicros) {
    if (row.getVersioning() != BucketRow.Versioning.UNVERSIONED) {
      throw new StoreException(
          Reason.UNSUPPORTED, "An undelete window in a bucket with versioning");
    }
    UndeleteWindow now = row.getUndeleteWindow();
    // What the shorter window has left out may be gone.
    long reached = nowMicros - TimeUnit.DAYS.toMicros(now.getDays());
    boolean known = now.getDays() > 0 && now.getFromMicros() > 0 && days > 0;
    return row.toBuilder()
        .setUndeleteWindow(
            UndeleteWindow.newBuilder()
                .setDays(days)
                .setFromMicros(known ? Math.max(now.getFromMicros(), reached) : 0))
        .build();
  }

  private static BucketRow begun(BucketRow row, long micros) {
    UndeleteWindow now = row.getUndeleteWindow();
    return now.getDays() == 0 || now.getFromMicros() > 0
        ? row
        : row.toBuilder().setUndeleteWindow(now.toBuilder().setFromMicros(micros)).build();
  }
}
