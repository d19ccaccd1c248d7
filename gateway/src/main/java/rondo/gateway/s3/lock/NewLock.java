package rondo.gateway.s3.lock;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.gateway.body.ChecksumAlgorithm;
import rondo.gateway.s3.Difference;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;

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
    String hold = request.header(Retentions.HOLD);
    Retention retention = retention(request, nowMicros);
    if (hold != null || retention != null) {
      Retentions.requireLock(bucket);
      requireDigest(request, compat);
    }
    if (hold != null) {
      row.setLegalHold(hold(hold));
    }
    Retention given =
        retention == null
            ? Retentions.byDefault(bucket.row().getObjectLock(), nowMicros)
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
              Retentions.HOLD, text, "Legal Hold must be either of 'ON' or 'OFF'");
    };
  }

  private static @Nullable Retention retention(S3Request request, long nowMicros) {
    String mode = request.header(Retentions.MODE);
    String until = request.header(Retentions.UNTIL);
    if (mode == null && until == null) {
      return null;
    }
    if (mode == null || until == null) {
      throw new S3Exception(
          S3Error.INVALID_ARGUMENT,
          Retentions.UNTIL + " and " + Retentions.MODE + " must both be supplied");
    }
    Retention.Mode known = Retentions.mode(mode);
    if (known == null) {
      throw S3Exception.argument(Retentions.MODE, mode, "Unknown wormMode directive.");
    }
    Long micros = Retentions.micros(until);
    if (micros == null) {
      throw S3Exception.argument(
          Retentions.UNTIL, until, "The retain until date must be provided in ISO 8601 format");
    }
    requireFuture(micros, until, nowMicros);
    return Retention.newBuilder().setMode(known).setUntilMicros(micros).build();
  }

  static void requireFuture(long untilMicros, String text, long nowMicros) {
    if (untilMicros <= nowMicros) {
      throw S3Exception.argument(
          Retentions.UNTIL, text, "The retain until date must be in the future!");
    }
  }
}
