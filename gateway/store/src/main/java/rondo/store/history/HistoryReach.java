package rondo.store.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UndeleteWindow;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/** As of which times a bucket can be read. Times are in microseconds since 1970. Pure. */
public final class HistoryReach {
  /** The most days of a window. What is to stay for longer than a year is for versioning. */
  public static final int MOST_DAYS = 365;

  private HistoryReach() {}

  /**
   * The earliest time that the bucket's history reaches.
   *
   * @return null when it reaches none: there is no window, or its beginning isn't known yet
   */
  public static @Nullable Long earliest(BucketRow bucket, long nowMicros) {
    UndeleteWindow window = bucket.getUndeleteWindow();
    return window.getDays() == 0 || window.getFromMicros() == 0
        ? null
        : Math.max(window.getFromMicros(), nowMicros - TimeUnit.DAYS.toMicros(window.getDays()));
  }

  /**
   * Requires that the bucket can be read as of that time.
   *
   * @throws StoreException NO_HISTORY
   */
  static void require(Bucket bucket, long asOfMicros, long nowMicros) {
    String refusal = refusal(bucket, asOfMicros, nowMicros);
    if (refusal != null) {
      throw new StoreException(Reason.NO_HISTORY, refusal);
    }
  }

  private static @Nullable String refusal(Bucket bucket, long asOfMicros, long nowMicros) {
    if (bucket.isAvailable()) {
      return "An available bucket has no history: what was current at a time is not agreed there.";
    }
    if (bucket.showsVersions()) {
      return "The history of a bucket with versioning is its versions: name one by its versionId.";
    }
    if (!bucket.keepsHistory() || bucket.row().getUndeleteWindow().getDays() == 0) {
      return "The bucket has no undelete window: 'rondo bucket undelete-window "
          + bucket.name()
          + " 7d' begins one.";
    }
    Long earliest = earliest(bucket.row(), nowMicros);
    if (earliest == null) {
      return "The bucket's undelete window is about to begin. If this lasts, give the order 'rondo"
          + " bucket undelete-window' again.";
    }
    if (asOfMicros < earliest) {
      return "The bucket's history reaches back to " + text(earliest) + " and no further.";
    }
    return asOfMicros > nowMicros
        ? "That time is in the future: the node's clock says " + text(nowMicros) + "."
        : null;
  }

  /** A time as clients write it, in UTC. */
  public static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  /**
   * Whether the version had come to be current at that time. A version from before the window had.
   */
  static boolean isWrittenBy(ObjectRow version, long asOfMicros) {
    return version.getWrittenMicros() <= asOfMicros;
  }
}
