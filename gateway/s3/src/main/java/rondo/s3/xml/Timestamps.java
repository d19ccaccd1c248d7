package rondo.s3.xml;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as S3's documents write them: ISO 8601 in UTC, whole seconds with a fraction of zero. */
public final class Timestamps {
  private Timestamps() {}

  /**
   * @param micros since 1970
   */
  public static String of(long micros) {
    // Seconds, as in Last-Modified: clients compare the two.
    var time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
    String clock = time.toLocalTime().toString();
    return time.toLocalDate()
        + "T"
        + clock
        + (clock.length() == "00:00".length() ? ":00" : "")
        + ".000Z";
  }
}
