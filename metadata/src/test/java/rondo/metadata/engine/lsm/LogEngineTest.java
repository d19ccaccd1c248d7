package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineContract;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.log.LogFormat;
import rondo.ring.value.Bytes;

/**
 * Tests the log-structured engine with small memtables, so that every test has checkpoints and
 * merges too.
 */
@Tag("long")
public final class LogEngineTest extends EngineContract {
  private static final EngineOptions SMALL = options(Durability.NONE, 40_000);
  private static final String LONG = "newer".repeat(30);
  private static final EngineOptions LARGE = options(Durability.FSYNC, 1 << 20);

  @TempDir private Path folder;

  @Override
  public Engine open() {
    return LogEngine.open(folder, SMALL, new TickingTime());
  }

  private Path fresh(String name) {
    return folder.resolve(name);
  }

  @Test
  void what_was_written_is_there_after_it_was_opened_again() {
    Path path = fresh("again");
    for (int round = 0; round < 20; round++) {
      try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
        for (int i = 0; i < round * 100; i++) {
          assertThat(get(engine, "k" + i)).isEqualTo("v".repeat(i % 50) + i);
        }
        for (int i = round * 100; i < round * 100 + 100; i++) {
          engine.write(List.of(put("k" + i, "v".repeat(i % 50) + i)));
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void a_closed_engine_refuses_reads_and_keeps_no_thread_busy() {
    var engine = LogEngine.open(fresh("closed"), SMALL, new TickingTime());
    engine.write(List.of(put("a", "1")));
    engine.close();
    assertThatThrownBy(() -> engine.get(Bytes.utf8("b")))
        .isInstanceOf(EngineException.class)
        .hasMessage("the engine is closed");
    assertThatThrownBy(() -> engine.cursor(Bytes.EMPTY, null)).isInstanceOf(EngineException.class);
  }

  @Test
  void a_memtable_that_was_full_when_the_process_died_leaves_no_gap_in_the_log() {
    Path path = fresh("gap");
    for (int round = 0; round < 3; round++) {
      try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
        engine.write(List.of(put("a" + round, "v".repeat(60_000))));
      }
      // The memtable is smaller than the replayed log, so the first write begins the next one.
      try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
        engine.write(List.of(put("b" + round, "1")));
      }
    }
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      assertThat(get(engine, "a0")).hasSize(60_000);
      assertThat(get(engine, "b2")).isEqualTo("1");
    }
  }

  @Test
  void memory_goes_to_checkpoints_the_log_is_dropped_and_checkpoints_are_merged() throws Exception {
    Path path = fresh("merge");
    try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
      for (int i = 0; i < 50_000; i++) {
        engine.write(List.of(put("key" + i % 5000, "value" + i)));
      }
      assertThat(engine.counters().checkpoints().sum()).isGreaterThan(10);
      assertThat(engine.counters().merges().sum()).isPositive();
      assertThat(engine.counters().mergeFailures().sum()).isZero();
    }
    try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
      for (int i = 0; i < 5000; i++) {
        assertThat(get(engine, "key" + i)).isEqualTo("value" + (45_000 + i));
      }
    }
    try (var files = Files.list(path)) {
      assertThat(files.filter(file -> file.toString().endsWith(".log")).count()).isLessThan(6);
    }
  }

  @Test
  void a_cursor_goes_on_over_checkpoints_that_were_replaced() {
    try (var engine = LogEngine.open(fresh("cursor"), SMALL, new TickingTime())) {
      for (int i = 0; i < 3000; i++) {
        engine.write(List.of(put("key%05d".formatted(i), "old")));
      }
      try (Cursor cursor = engine.cursor(Bytes.EMPTY, null)) {
        for (int i = 0; i < 30_000; i++) {
          engine.write(List.of(put("key%05d".formatted(i % 3000), "new" + i)));
        }
        assertThat(keys(cursor)).hasSize(3000);
      }
    }
  }

  @Test
  void a_folder_is_open_once() {
    assertThatThrownBy(() -> LogEngine.open(folder, SMALL, new TickingTime()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void a_closed_engine_takes_no_write() {
    var engine = LogEngine.open(fresh("closed"), LARGE, new TickingTime());
    engine.close();
    assertThatThrownBy(() -> engine.write(List.of(put("a", "b"))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void a_log_cut_anywhere_keeps_what_was_whole_and_nothing_torn() throws IOException {
    Path path = fresh("cut");
    var ends = new long[4];
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      for (int i = 0; i < 3; i++) {
        ends[i] = Files.size(path.resolve(LogFormat.file(1)));
        engine.awaitDurable(engine.write(List.of(put("k" + i, "v" + i), put("twin" + i, "w"))));
      }
      ends[3] = Files.size(path.resolve(LogFormat.file(1)));
    }
    // Without the frame that was written on closing.
    byte[] log = Arrays.copyOf(Files.readAllBytes(path.resolve(LogFormat.file(1))), (int) ends[3]);
    for (int cut = (int) ends[0]; cut <= log.length; cut++) {
      Path copy = fresh("cut" + cut);
      copyWithLog(path, copy, Arrays.copyOf(log, cut));
      try (var engine = LogEngine.open(copy, LARGE, new TickingTime())) {
        for (int i = 0; i < 3; i++) {
          boolean whole = ends[i + 1] <= cut;
          assertThat(get(engine, "k" + i)).isEqualTo(whole ? "v" + i : null);
          assertThat(get(engine, "twin" + i)).isEqualTo(whole ? "w" : null);
        }
      }
      if (cut % 16 == 0) {
        writeAndReadAgain(copy);
      }
    }
  }

  @Test
  void a_tail_of_zeros_is_cut_like_a_torn_one() throws IOException {
    Path path = fresh("zeros");
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      engine.awaitDurable(engine.write(List.of(put("a", "1"))));
    }
    byte[] log = Files.readAllBytes(path.resolve(LogFormat.file(1)));
    Files.write(path.resolve(LogFormat.file(1)), Arrays.copyOf(log, log.length + 5000));
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      assertThat(get(engine, "a")).isEqualTo("1");
    }
    assertThat(Files.size(path.resolve(LogFormat.file(1)))).isEqualTo(log.length);
  }

  private Path filled(String name) {
    return filled(name, SMALL);
  }

  private Path filled(String name, EngineOptions options) {
    Path path = fresh(name);
    try (var engine = LogEngine.open(path, options, new TickingTime())) {
      for (int i = 0; i < 20_000; i++) {
        String value = i % 50 == 0 ? "large".repeat(1000) : "value" + i;
        engine.write(List.of(put("key%05d".formatted(i * 7919 % 20_000), value)));
      }
    }
    return path;
  }

  /**
   * Writes all rows into one run, no checkpoint of which spans all keys, however slow merges are.
   */
  private Path filledAtOnce(String name) {
    Path path = filled(name, options(Durability.NONE, 16 << 20));
    try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
      engine.write(List.of(put("key", "makes the next memtable")));
      while (engine.counters().checkpoints().sum() == 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }
    return path;
  }

  private static List<Path> files(Path folder, String kind) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(kind)).sorted().toList();
    }
  }

  @Test
  void a_row_that_was_damaged_is_never_given_out_and_all_others_are() throws IOException {
    Path path = filledAtOnce("table");
    Path table = files(path, ".table").getFirst();
    byte[] bytes = Files.readAllBytes(table);
    int row = lastIndexOf(bytes, "value");
    flip(table, row);
    int refused = 0;
    try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
      for (int i = 0; i < 20_000; i++) {
        try {
          assertThat(get(engine, "key%05d".formatted(i * 7919 % 20_000)))
              .isEqualTo(i % 50 == 0 ? "large".repeat(1000) : "value" + i);
        } catch (EngineException e) {
          assertThat(e).hasMessageContaining("damaged");
          refused++;
        }
      }
      assertThat(refused).isBetween(1, 3000);
      assertThat(engine.counters().damaged().sum()).isPositive();
    }
  }

  @Test
  void runs_beside_a_damaged_one_go_on_being_merged() throws IOException {
    Path path = filled("damaged-run");
    for (Path table : files(path, ".table")) {
      flip(table, lastIndexOf(Files.readAllBytes(table), "value"));
    }
    try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
      long sequence = 0;
      for (int i = 0; i < 40_000; i++) {
        sequence = engine.write(List.of(put("key%05d".formatted(i % 20_000), LONG + i)));
      }
      engine.awaitDurable(sequence);
      EngineCounters counters = engine.counters();
      assertThat(counters.checkpoints().sum()).isGreaterThan(20);
      assertThat(counters.merges().sum()).isGreaterThan(4);
      for (LostRange lostRange : engine.lostRanges()) {
        engine.markRepaired(lostRange.from(), lostRange.to());
      }
      for (int i = 0; i < 20_000; i++) {
        assertThat(get(engine, "key%05d".formatted(i))).isEqualTo(LONG + (i + 20_000));
      }
    }
  }

  @Test
  void a_flipped_bit_anywhere_in_a_checkpoint_is_found() throws IOException {
    Path path = filled("verify");
    var unmerged =
        new EngineOptions(Durability.FSYNC, 1 << 20, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);
    try (var engine = LogEngine.open(path, unmerged, new TickingTime())) {
      Engine.Verified whole = engine.verify(Engine.Pace.UNLIMITED);
      assertThat(whole.damaged()).isEmpty();
      assertThat(whole.bytes()).isGreaterThan(100_000);
      for (String kind : List.of(".table", ".values", ".filter", ".index", ".sum")) {
        Path file = files(path, kind).getLast();
        flip(file, 0);
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged())
            .singleElement()
            .asString()
            .contains(String.valueOf(file.getFileName()), "damaged");
        LossTest.awaitNoDamage(engine);
        assertThat(file).as("once its damage is gone").doesNotExist();
      }
      Engine.Verified ended = engine.verify(bytes -> false);
      assertThat(ended.bytes()).isZero();
    }
  }

  @Test
  void a_run_is_cut_into_several_checkpoints() throws IOException {
    Path path = filled("cut-run");
    try (var engine = LogEngine.open(path, SMALL, new TickingTime())) {
      assertThat(files(path, ".table")).hasSizeGreaterThan(4);
      try (Cursor cursor = engine.cursor(Bytes.EMPTY, null)) {
        assertThat(keys(cursor)).hasSize(20_000).isSorted();
      }
    }
  }

  private static int lastIndexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
  }

  @Test
  void a_missing_manifest_is_told() throws IOException {
    Path path = fresh("missing");
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      engine.write(List.of(put("a", "1")));
    }
    Files.delete(path.resolve(ManifestFiles.COPY));
    Files.move(path.resolve(ManifestFiles.NAME), path.resolve("hidden"));
    assertThatThrownBy(() -> LogEngine.open(path, LARGE, new TickingTime()))
        .hasMessageContaining("manifest is miss");
    Files.move(path.resolve("hidden"), path.resolve(ManifestFiles.NAME));
    LogEngine.open(path, LARGE, new TickingTime()).close();
  }

  @Test
  void no_empty_engine_begins_beside_files_that_another_program_made() throws IOException {
    Path path = fresh("other");
    Files.createDirectories(path.resolve("lost+found"));
    Files.createDirectories(path.resolve("2"));
    assertThatThrownBy(() -> LogEngine.open(path, LARGE, new TickingTime()))
        .hasMessageContaining("2 isn't known to this program");
    Files.delete(path.resolve("2"));
    LogEngine.open(path, LARGE, new TickingTime()).close();
  }

  @Test
  void a_newer_format_is_left_alone() throws IOException {
    Path path = fresh("newer");
    LogEngine.open(path, LARGE, new TickingTime()).close();
    try (var file = new RandomAccessFile(path.resolve(LogFormat.file(1)).toFile(), "rw")) {
      var head = ByteBuffer.allocate(LogFormat.HEAD_BYTES);
      file.readFully(head.array());
      head.putInt(8, LogFormat.VERSION + 1);
      head.putInt(28, CheckpointFiles.crc(head.slice(0, 28)));
      file.seek(0);
      file.write(head.array());
    }
    assertThatThrownBy(() -> LogEngine.open(path, LARGE, new TickingTime()))
        .hasMessageContaining("newer version");
  }

  private static void writeAndReadAgain(Path path) {
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      engine.write(List.of(put("after", "it")));
    }
    try (var engine = LogEngine.open(path, LARGE, new TickingTime())) {
      assertThat(get(engine, "after")).isEqualTo("it");
    }
  }

  private static void copyWithLog(Path from, Path to, byte[] log) throws IOException {
    Files.createDirectories(to);
    Files.copy(from.resolve(ManifestFiles.NAME), to.resolve(ManifestFiles.NAME));
    Files.write(to.resolve(LogFormat.file(1)), log);
  }

  private static void flip(Path file, long at) throws IOException {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int found = access.read();
      access.seek(at);
      access.write(found ^ 0x40);
    }
  }
}
