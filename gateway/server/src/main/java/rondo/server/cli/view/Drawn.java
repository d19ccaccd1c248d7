package rondo.server.cli.view;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Writes numbers for people. Pure. */
final class Drawn {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Drawn() {}

  /** A size with two or three digits, such as 1.5 GiB. */
  static String size(long bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** A time in its largest unit, and in the next smaller one where that matters. */
  static String time(long seconds) {
    long days = TimeUnit.SECONDS.toDays(seconds);
    long hours = TimeUnit.SECONDS.toHours(seconds);
    long minutes = TimeUnit.SECONDS.toMinutes(seconds);
    if (days > 1) {
      return days + " d";
    }
    if (hours > 0) {
      return hours + " h " + minutes % 60 + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds % 60 + " s" : seconds + " s";
  }

  /**
   * A bar of so many columns.
   *
   * @param share of it that is filled, 0 to 1; what is more than nothing shows
   */
  static String bar(double share, int width) {
    double bounded = Math.clamp(share, 0, 1);
    int filled = bounded == 0 ? 0 : Math.max(1, (int) Math.round(bounded * width));
    return "█".repeat(filled) + "░".repeat(width - filled);
  }

  /** The share that {@code part} is of {@code all}; 0 of nothing. */
  static double share(long part, long all) {
    return all <= 0 ? 0 : part / (double) all;
  }
}
