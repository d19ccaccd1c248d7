package rondo.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512}, {@code 64KiB}, {@code 10GB}, {@code 2T}. */
public final class ByteSizes {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,15})\\s*([KMGTP]?)(I?)(B?)", Pattern.CASE_INSENSITIVE);

  private ByteSizes() {}

  /**
   * Bytes; a unit with {@code i} or without {@code B} counts by 1024, one such as GB by 1000.
   *
   * @throws IllegalArgumentException saying what is malformed
   */
  public static long parse(String text) {
    var matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size, such as 500GB or 64MiB");
    }
    int power = " KMGTP".indexOf(" ".concat(matcher.group(2)).strip().toUpperCase(Locale.ROOT));
    boolean decimal = matcher.group(3).isEmpty() && !matcher.group(4).isEmpty();
    long unit = 1;
    for (int i = 0; i < Math.max(0, power); i++) {
      unit *= decimal && !matcher.group(2).isEmpty() ? 1000 : 1024;
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }
}
