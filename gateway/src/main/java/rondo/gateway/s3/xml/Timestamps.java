package rondo.gateway.s3.xml;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as S3's documents write them: ISO 8601 in UTC, whole seconds with a fraction of zero. */
public final class Timestamps {
  private Timestamps() {}

  /**
   * @param micros since 1970
   */
  public static String of(long micros) {
    // Seconds, as in Last-Modified: clients compare the two.
    String text =
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
    return text.substring(0, text.length() - 1) + ".000Z";
  }
}
