package rondo.storage.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.folder.DurableValue;

/** The hold on chunks, by a clock that the test sets. */
final class ChunkHoldTest {
  private static final ChunkId CHUNK = new ChunkId(Bytes.utf8("sixteen bytes..."), 0);

  @TempDir Path folder = Path.of("");

  private long seconds = 1_000_000;

  private final Time time =
      new Time() {
        @Override
        public long wallMicros() {
          return TimeUnit.SECONDS.toMicros(seconds);
        }

        @Override
        public long nanos() {
          return TimeUnit.SECONDS.toNanos(seconds);
        }
      };

  private ChunkHold hold() {
    return new ChunkHold(new DurableValue(folder.resolve("hold")), time);
  }

  @Test
  void drops_wait_until_the_hold_ends_by_itself() {
    ChunkHold hold = hold();
    assertThat(hold.defers(CHUNK)).isFalse();
    hold.hold(300);
    assertThat(hold.defers(CHUNK)).isTrue();
    assertThat(hold.due()).isEmpty();
    seconds += 200;
    hold.hold(300);
    seconds += 200;
    assertThat(hold.isHeld()).isTrue();
    seconds += 101;
    assertThat(hold.isHeld()).isFalse();
    assertThat(hold.due()).containsExactly(CHUNK);
    assertThat(hold.due()).isEmpty();
    assertThat(hold.defers(CHUNK)).isFalse();
  }

  @Test
  void a_restart_remembers_it() {
    hold().hold(300);
    seconds += 100;
    assertThat(hold().isHeld()).isTrue();
    seconds += 201;
    assertThat(hold().isHeld()).isFalse();
  }

  @Test
  void no_hold_lasts_longer_than_the_longest() {
    hold().hold(Integer.MAX_VALUE);
    seconds += ChunkHold.LONGEST_SECONDS - 1;
    assertThat(hold().isHeld()).isTrue();
    seconds += 2;
    assertThat(hold().isHeld()).isFalse();
  }

  @Test
  void it_can_be_ended() {
    ChunkHold hold = hold();
    hold.hold(300);
    hold.hold(0);
    assertThat(hold.isHeld()).isFalse();
    assertThat(hold().isHeld()).isFalse();
  }
}
