package rondo.s3.auth;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses and writes the dates of requests. */
final class SigningTime {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  private SigningTime() {}

  /** Parses {@code 20130524T000000Z}; null when it is malformed. */
  static @Nullable Instant parseBasic(String text) {
    try {
      return LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException malformed) {
      return null;
    }
  }

  /**
   * Parses {@code Fri, 24 May 2013 00:00:00 GMT}, or the basic form; null when it is malformed. The
   * day of the week is ignored: it is redundant, and some clients send a wrong one.
   */
  static @Nullable Instant parseAny(String text) {
    Instant basic = parseBasic(text);
    if (basic != null) {
      return basic;
    }
    try {
      return ZonedDateTime.parse(
              text.replaceFirst("^[A-Za-z]{3}, ", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeParseException malformed) {
      return null;
    }
  }

  static String basic(Instant time) {
    return BASIC.format(time.atOffset(ZoneOffset.UTC));
  }
}
