package rondo.s3.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.s3.request.HttpDates;

final class ReadConditionsTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-21T05:00:00.750Z");
  private static final Instant NOW = MODIFIED.plusSeconds(60);

  /**
   * The columns: If-Match; If-None-Match; the seconds of If-Modified-Since and of
   * If-Unmodified-Since; the header that fails.
   */
  @ParameterizedTest
  @CsvSource({
    ", , , , ",
    "e, , , , ",
    "\"e\", , , , ",
    "*, , , , ",
    "x, , , , If-Match",
    "'x, \"e\"', , , , ",
    ", x, , , ",
    ", e, , , If-None-Match",
    ", *, , , If-None-Match",
    ", 'W/\"e\"', , , If-None-Match",
    ", , -1, , ",
    ", , 0, , If-Modified-Since",
    ", , 1, , If-Modified-Since",
    ", , , -1, If-Unmodified-Since",
    ", , , 0, ",
    ", , , 1, ",
    "e, , , -1, ",
    "x, , , 1, If-Match",
    ", e, -1, , If-None-Match",
    ", x, 1, , ",
    "e, e, , , If-None-Match",
    "x, e, , , If-Match",
    ", e, , -1, If-Unmodified-Since"
  })
  void an_etag_decides_over_a_date_and_failure_over_freshness(
      @Nullable String match,
      @Nullable String noneMatch,
      @Nullable Integer modified,
      @Nullable Integer unmodified,
      @Nullable String failing) {
    var read = new ReadConditions.Read(match, noneMatch, date(modified), date(unmodified));
    assertThat(read.failing("e", MODIFIED, NOW)).isEqualTo(failing);
  }

  @ParameterizedTest
  @CsvSource({"0, If-Modified-Since", "60, If-Modified-Since", "61, ", "86400, ", "99999999, "})
  void a_date_in_the_future_is_passed_over(int seconds, @Nullable String failing) {
    var read = new ReadConditions.Read(null, null, date(seconds), null);
    assertThat(read.failing("e", MODIFIED, NOW)).isEqualTo(failing);
    var unmodified = new ReadConditions.Read(null, null, null, date(seconds));
    assertThat(unmodified.failing("e", MODIFIED, NOW)).isNull();
  }

  private static @Nullable String date(@Nullable Integer seconds) {
    return seconds == null ? null : HttpDates.format(MODIFIED.plusSeconds(seconds));
  }

  @Test
  void a_date_that_is_none_is_passed_over() {
    var read = new ReadConditions.Read(null, null, "yesterday", "tomorrow");
    assertThat(read.failing("e", MODIFIED, NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'Sat, 21 Nov 2026 05:00:00 GMT'",
    "'Saturday, 21-Nov-26 05:00:00 GMT'",
    "Sat Nov 21 05:00:00 2026",
    "2026-11-21T05:00:00Z"
  })
  void dates_come_in_many_forms(String text) {
    assertThat(HttpDates.parse(text)).isEqualTo(Instant.parse("2026-11-21T05:00:00Z"));
  }
}
