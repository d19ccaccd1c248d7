package rondo.ring.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import rondo.ring.port.Time;

final class HybridClockTest {
  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong ceiling = new AtomicLong();
  private final Time time =
      new Time() {
        @Override
        public long wallMicros() {
          return wall.get();
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  @Test
  void ticks_are_the_wall_clock_while_that_goes_on() {
    HybridClock clock = start();
    assertThat(clock.tick(0)).isEqualTo(1_000_000);
    wall.set(1_000_500);
    assertThat(clock.tick(17)).isEqualTo(1_000_500);
  }

  @Test
  void ticks_grow_when_the_wall_clock_stands_or_goes_back() {
    HybridClock clock = start();
    clock.tick(0);
    assertThat(clock.tick(0)).isEqualTo(1_000_001);
    wall.set(5);
    assertThat(clock.tick(0)).isEqualTo(1_000_002);
  }

  @Test
  void a_tick_is_larger_than_what_was_seen() {
    assertThat(start().tick(9_000_000)).isEqualTo(9_000_001);
  }

  @Test
  void no_restart_repeats_a_tick() {
    var random = new Random(3);
    long last = 0;
    for (int run = 0; run < 50; run++) {
      HybridClock clock = start();
      for (int i = 0; i < 200; i++) {
        wall.set(Math.max(0, wall.get() + random.nextLong(-2_000_000, 3_000_000)));
        long tick = clock.tick(0);
        assertThat(tick).isGreaterThan(last).isLessThanOrEqualTo(ceiling.get());
        last = tick;
      }
    }
  }

  @Test
  void many_ticks_share_one_stored_ceiling() {
    var stores = new AtomicLong();
    var clock = new HybridClock(time, 0, raised -> stores.incrementAndGet());
    for (int i = 0; i < 100_000; i++) {
      clock.tick(0);
    }
    assertThat(stores.get()).isEqualTo(1);
  }

  @Test
  void nothing_ticks_when_the_ceiling_cannot_be_stored() {
    var clock =
        new HybridClock(
            time,
            0,
            raised -> {
              throw new IllegalStateException("disk");
            });
    assertThatThrownBy(() -> clock.tick(0)).hasMessage("disk");
    assertThatThrownBy(() -> clock.tick(0)).hasMessage("disk");
  }

  private HybridClock start() {
    return new HybridClock(time, ceiling.get(), ceiling::set);
  }
}
