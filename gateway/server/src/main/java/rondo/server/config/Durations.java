package rondo.server.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10s}, {@code 5m}, {@code 24h}, {@code 1d}. */
public final class Durations {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd])");

  private Durations() {}

  /**
   * @throws IllegalArgumentException saying what is malformed
   */
  public static Duration parse(String text) {
    var matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a time, such as 10s or 24h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
