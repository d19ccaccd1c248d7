package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.ring.value.Bytes;
import rondo.store.system.RunningTasks;
import rondo.store.system.SystemPorts;

@Timeout(60)
final class MetadataScrubTest {
  private static final EngineOptions SMALL =
      new EngineOptions(Durability.NONE, 1 << 14, 1 << 14, 100, 1 << 20, 1 << 18, 1 << 20);

  @TempDir Path folder = Path.of("");

  private Path checkpoint() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".table")).findFirst().orElseThrow();
    }
  }

  private void fill() {
    try (var engine = LogEngine.open(folder, SMALL, SystemPorts.TIME)) {
      for (int i = 0; i < 2000; i++) {
        var change = new Engine.Change(Bytes.utf8("key" + i), Bytes.utf8("value" + i));
        engine.write(List.of(change));
      }
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
  }

  /** Makes a scrub and runs one pass. */
  private MetadataScrub scrubbed(Engine engine) {
    var tasks = new RunningTasks(SystemPorts.TASKS);
    var scrub = new MetadataScrub(engine, tasks, SystemPorts.TIME, Duration.ofDays(1));
    scrub.start();
    scrub.now();
    while (!scrub.isIdle()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    scrub.stop();
    tasks.awaitEnd(Duration.ofSeconds(10));
    return scrub;
  }

  @Test
  void checkpoints_that_are_whole_are_read_and_nothing_is_found() {
    fill();
    try (var engine = LogEngine.open(folder, SMALL, SystemPorts.TIME)) {
      var scrub = scrubbed(engine);
      assertThat(scrub.view()).containsEntry("damaged", List.of()).containsEntry("running", false);
      assertThat(scrub.damagedFiles()).isZero();
      assertThat(scrub.bytesRead()).isPositive();
    }
  }

  @Test
  void a_flipped_bit_in_a_checkpoint_is_found_and_told() throws IOException {
    fill();
    Path file = checkpoint();
    flip(file);
    try (var engine = LogEngine.open(folder, SMALL, SystemPorts.TIME)) {
      var scrub = scrubbed(engine);
      assertThat(scrub.view().toString()).contains(file.getFileName() + " is damaged");
      assertThat(scrub.damagedFiles()).isEqualTo(1);
    }
  }
}
