package rondo.server.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.port.Time;
import rondo.server.config.SpaceSettings;
import rondo.server.health.HealthReason;

final class DiskSpaceTest {
  private static final long MIB = 1 << 20;
  private static final SpaceSettings DEFAULTS = new SpaceSettings(70, 85, 95, 0);

  @TempDir Path folder = Path.of("");

  private final AtomicLong own = new AtomicLong();
  private final AtomicLong free = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  private DiskSpace space(long reserve) {
    var probe =
        new DiskProbe() {
          @Override
          public String diskOf(Path path) {
            return "disk";
          }

          @Override
          public long freeBytes(Path path) {
            return free.get();
          }

          @Override
          public long bytesIn(Path path) {
            return own.get();
          }
        };
    var time =
        new Time() {
          @Override
          public long wallMicros() {
            return 0;
          }

          @Override
          public long nanos() {
            return nanos.get();
          }
        };
    return new DiskSpace(List.of(folder), DEFAULTS, reserve, probe, time);
  }

  private SpaceLevel after(DiskSpace space, long ownMib, long freeMib) {
    own.set(ownMib * MIB);
    free.set(freeMib * MIB);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
    space.look();
    return space.uses().getFirst().level();
  }

  @Test
  void watermarks_follow_the_disk() {
    DiskSpace space = space(1);
    assertThat(after(space, 0, 1000)).isEqualTo(SpaceLevel.ROOM);
    assertThat(after(space, 690, 310)).isEqualTo(SpaceLevel.ROOM);
    assertThat(after(space, 710, 290)).isEqualTo(SpaceLevel.WARN);
    assertThat(after(space, 860, 140)).isEqualTo(SpaceLevel.NO_MOVES);
    assertThat(space.refusesMoves()).isTrue();
    assertThat(space.isFull()).isFalse();
    assertThat(after(space, 951, 49)).isEqualTo(SpaceLevel.FULL);
    assertThat(space.isFull(folder.resolve("extents").toString())).isTrue();
    assertThat(space.isFull("/somewhere/else")).isFalse();
    assertThat(after(space, 949, 51)).isEqualTo(SpaceLevel.FULL);
    assertThat(after(space, 930, 70)).isEqualTo(SpaceLevel.NO_MOVES);
  }

  @Test
  void a_newcomer_s_disk_that_others_have_filled_takes_data() {
    DiskSpace space = space(320 * MIB);
    assertThat(after(space, 0, 500)).isEqualTo(SpaceLevel.ROOM);
    assertThat(after(space, 100, 400)).isEqualTo(SpaceLevel.ROOM);
    assertThat(after(space, 180, 320)).isEqualTo(SpaceLevel.FULL);
  }

  @Test
  void a_disk_that_fills_tells_how_long_it_lasts() {
    DiskSpace space = space(1);
    after(space, 700, 300);
    after(space, 710, 290);
    after(space, 720, 280);
    DiskUse use = space.uses().getFirst();
    assertThat(use.secondsLeft()).isBetween(220L, 240L);
    assertThat(use.warnings().getFirst().sentence())
        .contains(folder.toString(), "72 % full", "280.0 MiB", "3 minutes");
    assertThat(use.reasons()).isEmpty();
    after(space, 1000, 0);
    assertThat(space.uses().getFirst().reasons())
        .extracting(HealthReason::name)
        .containsExactly("disk-full");
  }
}
