package rondo.server.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import rondo.ring.port.Time;

final class PauseDetectorTest {
  private final AtomicLong wall = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private final PauseDetector pauses =
      new PauseDetector(
          new Time() {
            @Override
            public long wallMicros() {
              return wall.get();
            }

            @Override
            public long nanos() {
              return nanos.get();
            }
          });

  private boolean after(long wallSeconds, long monotonicSeconds) {
    wall.addAndGet(TimeUnit.SECONDS.toMicros(wallSeconds));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(monotonicSeconds));
    return pauses.stoodStill();
  }

  @Test
  void either_clock_tells_a_pause_once() {
    assertThat(after(1, 1)).isFalse();
    assertThat(after(60, 60)).isTrue();
    assertThat(after(1, 1)).isFalse();
    assertThat(after(60, 1)).isTrue();
    assertThat(after(-60, 1)).isFalse();
    assertThat(after(1, 5)).isTrue();
  }
}
