package rondo.s3.xml;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes times as S3's documents do: ISO 8601 in UTC, whole seconds with a zero fraction. Pure. */
public final class Timestamps {
  private Timestamps() {}

  /**
   * The text of a time.
   *
   * @param micros microseconds since 1970
   */
  public static String of(long micros) {
    // Whole seconds as in Last-Modified, since clients compare the two.
    var time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
    String clock = time.toLocalTime().toString();
    return time.toLocalDate()
        + "T"
        + clock
        + (clock.length() == "00:00".length() ? ":00" : "")
        + ".000Z";
  }
}
