package rondo.ring.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimeRemainingTest {
  private static final long SECOND = 1_000_000_000L;

  private final TimeRemaining outlook = new TimeRemaining();

  @Test
  void nothing_left_takes_no_time() {
    assertThat(outlook.seconds()).isZero();
    outlook.saw(SECOND, 0);
    assertThat(outlook.seconds()).isZero();
  }

  @Test
  void what_does_not_get_less_ends_nobody_knows_when() {
    outlook.saw(SECOND, 10);
    assertThat(outlook.seconds()).isEqualTo(TimeRemaining.UNKNOWN);
    outlook.saw(9 * SECOND, 10);
    assertThat(outlook.seconds()).isEqualTo(TimeRemaining.UNKNOWN);
  }

  @Test
  void the_rest_takes_as_long_as_what_was_done() {
    for (int second = 0; second <= 20; second++) {
      outlook.saw(second * SECOND, 1000 - 10L * second);
    }
    assertThat(outlook.seconds()).isEqualTo(80);
  }

  @Test
  void only_the_last_minute_counts() {
    for (int second = 0; second <= 200; second++) {
      outlook.saw(second * SECOND, second < 100 ? 10_000 : 10_000 - (second - 100) * 50L);
    }
    assertThat(outlook.seconds()).isEqualTo(100);
  }

  @Test
  void more_work_starts_anew() {
    outlook.saw(0, 0);
    outlook.saw(SECOND, 100);
    outlook.saw(2 * SECOND, 90);
    assertThat(outlook.seconds()).isEqualTo(9);
    outlook.saw(3 * SECOND, 500);
    assertThat(outlook.seconds()).isEqualTo(TimeRemaining.UNKNOWN);
    outlook.saw(4 * SECOND, 400);
    assertThat(outlook.seconds()).isEqualTo(4);
  }
}
