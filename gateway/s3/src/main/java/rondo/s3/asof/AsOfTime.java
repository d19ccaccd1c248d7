package rondo.s3.asof;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads times of RFC 3339 and dates of HTTP (RFC 9110, section 5.6.7), with their zones. Pure. */
public final class AsOfTime {
  private static final Instant FIRST = Instant.EPOCH;

  /** The last year that RFC 3339 can write. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** RFC 3339 allows small letters. */
  private static final DateTimeFormatter RFC_3339 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  /** Strict, so that the 31st of February is refused and not taken for another day. */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          RFC_3339, DateTimeFormatter.RFC_1123_DATE_TIME.withResolverStyle(ResolverStyle.STRICT));

  private AsOfTime() {}

  /**
   * The time that a text says, in microseconds since 1970.
   *
   * @return null for a text without a zone, for a day that is none, and for anything else
   */
  public static @Nullable Long micros(String text) {
    for (DateTimeFormatter format : FORMATS) {
      try {
        Instant time = format.parse(text.strip(), Instant::from);
        return time.isBefore(FIRST) || time.isAfter(LAST)
            ? null
            : ChronoUnit.MICROS.between(Instant.EPOCH, time);
      } catch (DateTimeException _) {
        // The other format may fit.
      }
    }
    return null;
  }
}
