package rondo.s3.object;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.HttpDates;

/**
 * Objects of the storage classes whose objects can be read only while they are restored ("Working
 * with archived objects", Amazon S3 user guide). Here their bytes stay where they are, so a restore
 * is done as soon as it is requested. Pure.
 */
public final class ArchivedObjects {
  /** Classes that S3 restores in hours; objects of {@code GLACIER_IR} can be read at once. */
  private static final Set<String> CLASSES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private ArchivedObjects() {}

  static boolean holds(ObjectRow row) {
    return CLASSES.contains(row.getStorageClass());
  }

  public static boolean isReadable(ObjectRow row, Instant now) {
    return !holds(row) || isRestored(row, now);
  }

  /** Whether the object is of an archive class and can be read now. */
  public static boolean isRestored(ObjectRow row, Instant now) {
    return holds(row) && until(row).isAfter(now);
  }

  /**
   * @throws S3Exception InvalidObjectState
   */
  static void requireReadable(ObjectRow row, Instant now) {
    if (!isReadable(row, now)) {
      throw new S3Exception(
          S3Error.INVALID_OBJECT_STATE,
          S3Error.INVALID_OBJECT_STATE.message(),
          Map.of("StorageClass", row.getStorageClass()));
    }
  }

  /** The value of x-amz-restore; null for an object that isn't restored. */
  static @Nullable String header(ObjectRow row, Instant now) {
    return isRestored(row, now)
        ? "ongoing-request=\"false\", expiry-date=\"" + HttpDates.format(until(row)) + "\""
        : null;
  }

  /** The midnight (UTC) that follows {@code days} days from now. */
  static Instant expiry(Instant now, int days) {
    return now.plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }

  static long micros(Instant time) {
    return TimeUnit.SECONDS.toMicros(time.getEpochSecond());
  }

  private static Instant until(ObjectRow row) {
    return Instant.EPOCH.plus(row.getRestoredUntilMicros(), ChronoUnit.MICROS);
  }
}
