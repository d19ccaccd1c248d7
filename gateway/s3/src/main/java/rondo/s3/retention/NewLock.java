package rondo.s3.retention;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/** Locks a new version. Pure. */
public final class NewLock {
  /** "Object Lock retention limits", Amazon S3 user guide. */
  public static final int MOST_YEARS = 100;

  private static final int MOST_YEARS_OF_OLDER_TOOLS = 200;

  private NewLock() {}

  /**
   * Locks the version by the request's headers, or without them by its bucket's default.
   *
   * @param compat whether the request may lack a digest of its body, and lock for longer
   * @throws S3Exception InvalidRequest for a bucket without object lock, InvalidArgument
   */
  public static void on(
      ObjectRow.Builder row, S3Request request, Bucket bucket, long nowMicros, boolean compat) {
    String hold = request.header(RetentionFormat.HOLD);
    Retention retention = retention(request, nowMicros, compat);
    if (hold != null || retention != null) {
      RetentionFormat.requireLock(bucket);
      requireDigest(request, compat);
    }
    if (hold != null) {
      row.setLegalHold(hold(hold));
    }
    Retention given =
        retention == null
            ? RetentionFormat.byDefault(bucket.row().getObjectLock(), nowMicros)
            : retention;
    if (given.getMode() != Retention.Mode.NONE) {
      row.setRetention(given);
    }
  }

  /**
   * Requires a digest of the body, since a locked version can't be replaced by sending it again.
   * Copies and the start of an upload send no body.
   */
  private static void requireDigest(S3Request request, boolean compat) {
    boolean sends = request.method().equals("PUT") && request.header("x-amz-copy-source") == null;
    if (!sends || Difference.DIGEST_OF_LOCKED.in(compat)) {
      return;
    }
    boolean trailer =
        Objects.requireNonNullElse(request.header("x-amz-trailer"), "")
            .toLowerCase(Locale.ROOT)
            .startsWith(ChecksumAlgorithm.HEADER_PREFIX);
    boolean header =
        request.headers().stream().anyMatch(h -> ChecksumAlgorithm.ofHeader(h.getKey()) != null);
    if (!trailer && !header && request.header("content-md5") == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with"
              + " Object Lock parameters");
    }
  }

  private static ObjectRow.LegalHold hold(String text) {
    return switch (text) {
      case "ON" -> ObjectRow.LegalHold.ON;
      case "OFF" -> ObjectRow.LegalHold.OFF;
      default ->
          throw S3Exception.argument(
              RetentionFormat.HOLD, text, "Legal Hold must be either of 'ON' or 'OFF'");
    };
  }

  private static @Nullable Retention retention(S3Request request, long nowMicros, boolean compat) {
    String mode = request.header(RetentionFormat.MODE);
    String until = request.header(RetentionFormat.UNTIL);
    if (mode == null && until == null) {
      return null;
    }
    if (mode == null || until == null) {
      throw S3Exception.argument(
          mode == null ? RetentionFormat.MODE : RetentionFormat.UNTIL,
          RetentionFormat.UNTIL + " and " + RetentionFormat.MODE + " must both be supplied");
    }
    Retention.Mode known = RetentionFormat.mode(mode);
    if (known == null) {
      throw S3Exception.argument(RetentionFormat.MODE, mode, "Unknown wormMode directive.");
    }
    Long micros = RetentionFormat.micros(until);
    if (micros == null) {
      throw S3Exception.argument(
          RetentionFormat.UNTIL,
          until,
          "The retain until date must be provided in ISO 8601 format");
    }
    requireTimely(micros, RetentionFormat.UNTIL, until, nowMicros, compat);
    return Retention.newBuilder().setMode(known).setUntilMicros(micros).build();
  }

  /**
   * Refuses a time that has come, and one that is certainly a mistake: nobody could delete the
   * version in a lifetime.
   *
   * @param argument that says the time
   * @param text of the time, as the refusal tells it
   * @param compat whether the time may be two hundred years away instead of a hundred
   * @throws S3Exception InvalidArgument
   */
  public static void requireTimely(
      long untilMicros, String argument, String text, long nowMicros, boolean compat) {
    if (untilMicros <= nowMicros) {
      throw S3Exception.argument(argument, text, "The retain until date must be in the future!");
    }
    int most = Difference.LONG_RETENTION.in(compat) ? MOST_YEARS_OF_OLDER_TOOLS : MOST_YEARS;
    if (untilMicros - nowMicros > micros(most)) {
      throw S3Exception.argument(
          argument, text, "The retain until date must be within " + most + " years.");
    }
  }

  /** The years with all their leap days, and a day for clocks and zones that differ. */
  private static long micros(int years) {
    return TimeUnit.DAYS.toMicros(years * 365L + years / 4 + 1);
  }
}
