package rondo.gateway.s3.lock;

import org.jspecify.annotations.Nullable;
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
   * @throws S3Exception InvalidRequest where versions can't be locked, InvalidArgument
   */
  public static void on(ObjectRow.Builder row, S3Request request, Bucket bucket, long nowMicros) {
    String hold = request.header(Retentions.HOLD);
    Retention retention = retention(request, nowMicros);
    if (hold != null || retention != null) {
      Retentions.requireLock(bucket);
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
