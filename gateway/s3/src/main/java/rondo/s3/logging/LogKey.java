package rondo.s3.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Logging;

/** Makes the key of a log object, in one of S3's two forms: simple or partitioned. Pure. */
final class LogKey {
  private static final DateTimeFormatter TIME = format("yyyy-MM-dd-HH-mm-ss");
  private static final DateTimeFormatter DAY = format("yyyy/MM/dd");
  private static final DateTimeFormatter DAY_ONLY = format("yyyy-MM-dd-00-00-00");

  private LogKey() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * @param name name of the bucket whose requests the log tells
   * @param source row of that bucket
   * @param event time of the first request
   * @param delivery time of the delivery
   * @param unique letters and digits that set the key apart from others of the same second
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
