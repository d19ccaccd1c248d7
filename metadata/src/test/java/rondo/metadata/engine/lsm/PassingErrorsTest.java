package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.metadata.disk.SimulatedDisk;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.KnownRows;
import rondo.metadata.engine.TickingTime;
import rondo.ring.value.Bytes;

/** A disk that can't be read for a while loses no row. */
@Timeout(120)
final class PassingErrorsTest {
  private static final int ROWS = 3000;

  /** Checkpoints of some 1000 rows. */
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.FSYNC, 100_000, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);

  private static SimulatedDisk filled() {
    var disk = new SimulatedDisk();
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      for (int i = 0; i < ROWS; i++) {
        KnownRows.write(engine, i);
      }
    }
    return disk;
  }

  private static void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private static void checkAll(Engine engine) {
    assertThat(engine.lostRanges()).isEmpty();
    for (int i = 0; i < ROWS; i++) {
      Engine.Entry entry = engine.get(Bytes.utf8(KnownRows.key(i)));
      assertThat(entry == null ? null : entry.value().utf8()).isEqualTo(KnownRows.value(i));
    }
  }

  @Test
  void what_can_be_read_again_when_the_disk_takes_writes_is_not_lost() {
    for (String kind : List.of(".table", ".values")) {
      SimulatedDisk disk = filled();
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        disk.failReadsForAWhile(name -> name.endsWith(kind));
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).as(kind).isNotEmpty();
        await(() -> engine.counters().mergeFailures().sum() > 0 || !engine.lostRanges().isEmpty());
        checkAll(engine);
        engine.verify(Engine.Pace.UNLIMITED);
        await(engine::isWhole);
        checkAll(engine);
      }
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        checkAll(engine);
      }
    }
  }
}
