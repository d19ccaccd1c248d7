package rondo.metadata.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rondo.metadata.engine.EngineContract.get;
import static rondo.metadata.engine.EngineContract.put;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fail, and disks that forget what was not synced. */
final class FailingDiskTest {
  private static final EngineOptions OPTIONS = new EngineOptions(Durability.FSYNC, 8_000, 4_000, 3);

  @TempDir private Path folder;

  /** Counts syncs and appends, fails from the chosen one on, and knows what was synced. */
  private static final class Disk implements LogFile.Maker {
    private final Map<Path, Integer> synced = new ConcurrentHashMap<>();
    private volatile int appendsLeft = Integer.MAX_VALUE;
    private volatile int syncsLeft = Integer.MAX_VALUE;

    @Override
    public LogFile make(Path path) throws IOException {
      LogFile file = LogFile.real(path);
      return new LogFile() {
        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread appends
        public void append(ByteBuffer bytes) throws IOException {
          if (appendsLeft-- <= 0) {
            file.append(bytes.limit(bytes.limit() / 2));
            throw new IOException("No space left on device");
          }
          file.append(bytes);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread syncs
        public void sync() throws IOException {
          if (syncsLeft-- <= 0) {
            throw new IOException("Input/output error");
          }
          file.sync();
          synced.put(path, (int) Files.size(path));
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }

  @Test
  void after_a_failed_sync_nothing_is_written_any_more_though_it_would_succeed() {
    var disk = new Disk();
    try (var engine = LogEngine.open(folder, OPTIONS, disk)) {
      engine.awaitDurable(engine.write(List.of(put("before", "1"))));
      disk.syncsLeft = 0;
      long lost = engine.write(List.of(put("lost", "2")));
      assertThatThrownBy(() -> engine.awaitDurable(lost))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("Input/output error");
      disk.syncsLeft = Integer.MAX_VALUE;
      assertThatThrownBy(() -> engine.awaitDurable(lost)).isInstanceOf(EngineException.class);
      assertThatThrownBy(() -> engine.write(List.of(put("later", "3"))))
          .isInstanceOf(EngineException.class);
      assertThat(get(engine, "before")).isEqualTo("1");
    }
  }

  @Test
  void a_full_disk_stops_all_writers_and_loses_nothing_that_was_durable() {
    var disk = new Disk();
    int durable = 0;
    try (var engine = LogEngine.open(folder, OPTIONS, disk)) {
      disk.appendsLeft = 50;
      while (durable < 1000) {
        engine.awaitDurable(engine.write(List.of(put("key" + durable, "v".repeat(300)))));
        durable++;
      }
    } catch (EngineException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    assertThat(durable).isBetween(30, 51);
    try (var engine = LogEngine.open(folder, OPTIONS)) {
      for (int i = 0; i < durable; i++) {
        assertThat(get(engine, "key" + i)).isNotNull();
      }
      assertThat(get(engine, "key" + durable)).as("torn").isNull();
      engine.awaitDurable(engine.write(List.of(put("again", "room"))));
    }
  }

  @Test
  void a_power_failure_at_any_moment_leaves_all_that_was_durable() throws IOException {
    var random = new Random(1);
    var disk = new Disk();
    var durable = new TreeMap<String, String>();
    try (var engine = LogEngine.open(folder.resolve("live"), OPTIONS, disk)) {
      for (int i = 0; i < 1200; i++) {
        String key = "key" + random.nextInt(200);
        String value = i + "v".repeat(random.nextInt(100));
        long sequence = engine.write(List.of(put(key, value)));
        if (i % 40 == 0) {
          engine.awaitDurable(sequence);
          durable.clear();
          for (int k = 0; k < 200; k++) {
            String found = get(engine, "key" + k);
            if (found != null) {
              durable.put("key" + k, found);
            }
          }
          check(powerFailure(disk, folder.resolve("live"), i, random), durable);
        }
      }
    }
  }

  /** A copy of the folder as it may look when the power came back. */
  private Path powerFailure(Disk disk, Path live, int round, Random random) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy" + round));
    // The manifest first: what it names stays until a later one is there.
    List<Path> files = new ArrayList<>();
    for (int attempt = 0; attempt < 100; attempt++) {
      files.clear();
      byte[] manifest = Files.readAllBytes(live.resolve(Manifest.NAME));
      Map<Path, Integer> synced = Map.copyOf(disk.synced);
      try (var found = Files.list(live)) {
        files.addAll(found.filter(file -> file.toString().matches(".*[0-9]\\.[a-z]+")).toList());
      }
      if (copy(files, copy, synced, random)
          && Arrays.equals(manifest, Files.readAllBytes(live.resolve(Manifest.NAME)))) {
        Files.write(copy.resolve(Manifest.NAME), manifest);
        return copy;
      }
    }
    throw new AssertionError("the folder never stands still");
  }

  private static boolean copy(List<Path> files, Path copy, Map<Path, Integer> synced, Random random)
      throws IOException {
    for (Path file : files) {
      if (!Files.exists(file)) {
        return false;
      }
      byte[] bytes = Files.readAllBytes(file);
      Integer kept = synced.get(file);
      if (kept != null && kept < bytes.length) {
        bytes = Arrays.copyOf(bytes, kept + random.nextInt(bytes.length - kept + 1));
      }
      Files.write(copy.resolve(String.valueOf(file.getFileName())), bytes);
    }
    return true;
  }

  private static void check(Path copy, Map<String, String> durable) {
    try (var engine = LogEngine.open(copy, OPTIONS)) {
      durable.forEach((key, value) -> assertThat(get(engine, key)).isEqualTo(value));
    }
  }
}
