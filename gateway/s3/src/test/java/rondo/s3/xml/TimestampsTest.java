package rondo.s3.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00",
        "2026-11-22T13:00:00",
        "2026-11-22T13:05:00",
        "2028-02-29T23:59:59",
        "1969-12-31T23:59:59"
      })
  void a_time_is_written_to_the_second(String time) {
    long micros = 1_000_000 * Instant.parse(time + "Z").getEpochSecond();
    assertThat(Timestamps.of(micros)).isEqualTo(time + ".000Z");
    assertThat(Timestamps.of(micros + 999_999)).isEqualTo(time + ".000Z");
  }
}
