package rondo.s3.retention;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectLock;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;
import rondo.s3.access.Action;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.store.row.Bucket;

/** Retention in S3's words. Pure. */
public final class RetentionFormat {
  static final String MODE = "x-amz-object-lock-mode";
  static final String UNTIL = "x-amz-object-lock-retain-until-date";
  static final String HOLD = "x-amz-object-lock-legal-hold";

  private static final DateTimeFormatter PACIFIC =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH)
          .withZone(ZoneId.of("America/Los_Angeles"));

  private RetentionFormat() {}

  /** The mode of that name; null when there is none. */
  public static Retention.@Nullable Mode mode(@Nullable String name) {
    return switch (name) {
      case "GOVERNANCE" -> Retention.Mode.GOVERNANCE;
      case "COMPLIANCE" -> Retention.Mode.COMPLIANCE;
      case null, default -> null;
    };
  }

  /** A time of ISO 8601 in microseconds since 1970; null when it is none. */
  static @Nullable public Long micros(String time) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(time.strip()));
    } catch (DateTimeException | ArithmeticException malformed) {
      return null;
    }
  }

  /** A time as answers write it. */
  public static String text(long micros) {
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
    return time.toString();
  }

  /** A time as S3 complains of it: by the clock of Seattle, where it was made. */
  public static String pacific(long micros) {
    return PACIFIC.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** How a bucket locks a version that is made now; the default instance when it doesn't. */
  static Retention byDefault(ObjectLock lock, long nowMicros) {
    if (lock.getMode() == Retention.Mode.NONE) {
      return Retention.getDefaultInstance();
    }
    Instant now = Instant.EPOCH.plus(nowMicros, ChronoUnit.MICROS);
    Instant until =
        now.atOffset(ZoneOffset.UTC)
            .plusDays(lock.getDays())
            .plusYears(lock.getYears())
            .toInstant();
    return Retention.newBuilder()
        .setMode(lock.getMode())
        .setUntilMicros(ChronoUnit.MICROS.between(Instant.EPOCH, until))
        .build();
  }

  /** What allows to know what one of these headers tells. */
  public static Action action(String header) {
    return header.equals(HOLD) ? Action.GET_OBJECT_LEGAL_HOLD : Action.GET_OBJECT_RETENTION;
  }

  /** The headers that tell of a version's locks; the caller's own. */
  public static Map<String, String> headers(ObjectRow row) {
    var headers = new LinkedHashMap<String, String>();
    if (row.getRetention().getMode() != Retention.Mode.NONE) {
      headers.put(MODE, row.getRetention().getMode().name());
      headers.put(UNTIL, text(row.getRetention().getUntilMicros()));
    }
    if (row.getLegalHold() != ObjectRow.LegalHold.UNSET) {
      headers.put(HOLD, row.getLegalHold().name());
    }
    return headers;
  }

  /**
   * @throws S3Exception InvalidRequest
   */
  public static void requireLock(Bucket bucket) {
    if (!bucket.row().hasObjectLock()) {
      throw new S3Exception(S3Error.INVALID_REQUEST, "Bucket is missing Object Lock Configuration");
    }
  }
}
