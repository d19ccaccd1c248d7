package rondo.s3.retention;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/** The locks of a version that a request makes. Pure. */
public final class NewLock {
  private NewLock() {}

  /**
   * Locks the version as the request's headers say, or else as its bucket does.
   *
   * @param compat whether a digest of what is sent need not be there
   * @throws S3Exception InvalidRequest where versions can't be locked, InvalidArgument
   */
  public static void on(
      ObjectRow.Builder row, S3Request request, Bucket bucket, long nowMicros, boolean compat) {
    String hold = request.header(RetentionFormat.HOLD);
    Retention retention = retention(request, nowMicros);
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
   * Who locks what can't be sent again has to say what it sends; copies and uploads send nothing.
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

  private static @Nullable Retention retention(S3Request request, long nowMicros) {
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
    requireFuture(micros, RetentionFormat.UNTIL, until, nowMicros);
    return Retention.newBuilder().setMode(known).setUntilMicros(micros).build();
  }

  /** Refuses a time that has come, naming the argument that says it, and what that says. */
  public static void requireFuture(
      long untilMicros, String argument, String text, long nowMicros) {
    if (untilMicros <= nowMicros) {
      throw S3Exception.argument(
          argument, text, "The retain until date must be in the future!");
    }
  }
}
