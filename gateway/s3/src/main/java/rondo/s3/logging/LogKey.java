package rondo.s3.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Logging;

/** The key of a log object, in the two forms that S3 has. Pure. */
final class LogKey {
  private static final DateTimeFormatter TIME = format("yyyy-MM-dd-HH-mm-ss");
  private static final DateTimeFormatter DAY = format("yyyy/MM/dd");
  private static final DateTimeFormatter DAY_ONLY = format("yyyy-MM-dd-00-00-00");

  private LogKey() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * @param source whose requests the log tells
   * @param event when the first of them came
   * @param delivery when it is written
   * @param unique some letters and digits that no other log of that second has
   */
  static String of(
      String name,
      BucketRow source,
      Logging logging,
      Instant event,
      Instant delivery,
      String unique) {
    String date = logging.getPartitionDate();
    if (date.isEmpty()) {
      return logging.getTargetPrefix() + TIME.format(delivery) + "-" + unique;
    }
    boolean byEvent = date.equals("EventTime");
    return logging.getTargetPrefix()
        + String.join("/", source.getOwner(), source.getRegion(), name)
        + "/"
        + DAY.format(byEvent ? event : delivery)
        + "/"
        + (byEvent ? DAY_ONLY.format(event) : TIME.format(delivery))
        + "-"
        + unique;
  }
}
