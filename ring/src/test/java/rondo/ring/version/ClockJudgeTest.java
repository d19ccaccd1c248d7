package rondo.ring.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.port.Time;

final class ClockJudgeTest {
  private static final long SECOND = 1_000_000;
  private static final long LIMIT = 10 * SECOND;

  private long wall = 1_000_000 * SECOND;
  private long nanos;

  private final Time time =
      new Time() {
        @Override
        public long wallMicros() {
          return wall;
        }

        @Override
        public long nanos() {
          return nanos;
        }
      };

  private final ClockJudge judge = new ClockJudge(time, LIMIT);

  private void pass(long seconds) {
    wall += seconds * SECOND;
    nanos += seconds * 1_000_000_000;
  }

  private boolean measured(Long... offsets) {
    judge.measured(List.of(offsets));
    return judge.isSound();
  }

  @Test
  void the_median_counts_and_not_one_clock() {
    assertThat(measured(0L, 1000 * SECOND)).isTrue();
    assertThat(measured(-1000 * SECOND, -1001 * SECOND)).isFalse();
    assertThat(judge.aheadMicros()).isEqualTo(1000 * SECOND);
    assertThat(judge.trouble()).contains("1000 s ahead of");
    assertThat(measured(SECOND, 2 * SECOND, 50 * SECOND)).isTrue();
    assertThat(measured(50 * SECOND, 50 * SECOND, 0L)).isFalse();
  }

  @Test
  void two_clocks_that_disagree_are_both_not_trusted() {
    assertThat(measured(LIMIT + 1)).isFalse();
    assertThat(measured(-LIMIT - 1)).isFalse();
    assertThat(measured(LIMIT)).isTrue();
  }

  @Test
  void a_jump_is_noticed_at_once_and_time_that_passes_is_none() {
    assertThat(measured(0L)).isTrue();
    pass(3600);
    assertThat(judge.isSound()).isTrue();
    wall += LIMIT + 1;
    assertThat(judge.isSound()).isFalse();
    wall -= 2 * (LIMIT + 1);
    assertThat(judge.isSound()).isFalse();
    assertThat(judge.trouble()).contains("10 s behind");
    wall += LIMIT + 1;
    assertThat(judge.isSound()).isTrue();
  }

  @Test
  void before_a_measurement_a_clock_is_trusted_only_after_a_while_of_silence() {
    pass(60);
    assertThat(judge.isSound()).isFalse();
    judge.silence();
    assertThat(judge.isSound()).isFalse();
    pass(9);
    judge.silence();
    assertThat(judge.isSound()).isFalse();
    pass(1);
    judge.silence();
    assertThat(judge.isSound()).isTrue();
  }

  @Test
  void silence_changes_nothing_of_what_is_known() {
    assertThat(measured(100 * SECOND)).isFalse();
    pass(60);
    judge.silence();
    assertThat(judge.isSound()).isFalse();
  }

  @Test
  void a_wrong_wall_clock_moves_no_tick_and_makes_nothing_old() {
    var clock = new HybridClock(time, 0, _ -> {}, judge);
    judge.alone();
    long right = clock.tick(0);
    assertThat(right).isEqualTo(wall);
    wall += 1_000_000 * SECOND;
    assertThat(clock.tick(0)).isEqualTo(right + 1);
    assertThat(clock.tick(right + 10)).isEqualTo(right + 11);
    assertThat(judge.cautious().wallMicros()).isZero();
    assertThat(clock.trouble()).contains("set it right");
  }
}
