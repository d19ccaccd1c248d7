package rondo.s3.request;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes the dates of HTTP (RFC 9110, section 5.6.7), to the second. Pure. */
public final class HttpDates {
  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The formats that clients have sent over the decades, and ISO 8601, which S3 takes as well. */
  private static final List<DateTimeFormatter> READ =
      List.of(
          FIXED,
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC));

  private HttpDates() {}

  public static String format(Instant time) {
    return FIXED.format(time);
  }

  /**
   * The date of a time.
   *
   * @param micros microseconds since 1970
   */
  public static String ofMicros(long micros) {
    return format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** The time of a date; null for any other text. */
  public static @Nullable Instant parse(String text) {
    for (DateTimeFormatter format : READ) {
      Instant time = parse(format, text.strip());
      if (time != null) {
        return time;
      }
    }
    return null;
  }

  private static @Nullable Instant parse(DateTimeFormatter format, String text) {
    try {
      return format.parse(text, Instant::from);
    } catch (DateTimeParseException other) {
      return null;
    }
  }
}
