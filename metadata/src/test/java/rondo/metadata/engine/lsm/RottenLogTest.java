package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.metadata.disk.SimulatedDisk;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.WholeFile;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.log.LogFormat;
import rondo.ring.value.Bytes;

/**
 * Damages the log: the engine replays the readable frames, and refuses reads until the other rows
 * are back.
 */
@Timeout(120)
@Tag("long")
final class RottenLogTest {
  /** Large memtables: nothing is flushed by itself. */
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.FSYNC, 1 << 20, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);

  private static final int SEGMENTS = 3;
  private static final int WRITES = 4;
  private static final int ROWS = SEGMENTS * WRITES;

  private static Bytes key(int i) {
    return Bytes.utf8("key%02d".formatted(i));
  }

  private static Bytes value(int i) {
    return Bytes.utf8("value of the row " + i);
  }

  /** Writes some acknowledged rows into each of some segments; each start begins a segment. */
  private static SimulatedDisk filled() {
    var disk = new SimulatedDisk();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        for (int i = segment * WRITES; i < (segment + 1) * WRITES; i++) {
          engine.awaitDurable(engine.write(List.of(new Engine.Change(key(i), value(i)))));
        }
      }
    }
    return disk;
  }

  private static long size(SimulatedDisk disk, String name) throws IOException {
    try (var file = disk.open(name)) {
      return file.size();
    }
  }

  private static void flip(SimulatedDisk disk, String name, long at) throws IOException {
    try (var file = disk.open(name)) {
      var one = ByteBuffer.allocate(1);
      file.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
      file.write(one, at);
      file.sync();
    }
  }

  /** Returns the offset of the row's value in the log. */
  private static int find(SimulatedDisk disk, String name, int row) throws IOException {
    try (var file = disk.open(name)) {
      var bytes = Bytes.wrap(WholeFile.read(file).array());
      Bytes wanted = value(row);
      int at = 0;
      while (!bytes.slice(at, at + wanted.length()).equals(wanted)) {
        at++;
      }
      return at;
    }
  }

  /**
   * Returns the rows that are lost. Checks that all others are known, with their values, and that
   * reads of them are refused.
   */
  private static Set<Integer> lost(Engine engine) {
    var lost = new TreeSet<Integer>();
    for (int i = 0; i < ROWS; i++) {
      Bytes key = key(i);
      Engine.Entry known = engine.getIntact(key);
      if (known == null) {
        lost.add(i);
      } else {
        assertThat(known.value()).isEqualTo(value(i));
      }
      assertThatThrownBy(() -> engine.get(key)).isInstanceOf(EngineException.class);
    }
    assertThat(engine.lostRanges()).singleElement().matches(RottenLogTest::isEverything);
    assertThat(engine.isWhole()).isFalse();
    return lost;
  }

  private static boolean isEverything(LostRange lostRange) {
    return lostRange.from().equals(Bytes.EMPTY) && lostRange.to() == null;
  }

  private static void checkAll(Engine engine) {
    assertThat(engine.lostRanges()).isEmpty();
    for (int i = 0; i < ROWS; i++) {
      Engine.Entry entry = engine.get(key(i));
      assertThat(entry == null ? null : entry.value()).isEqualTo(value(i));
    }
  }

  private static void rewrite(Engine engine) {
    for (int i = 0; i < ROWS; i++) {
      engine.write(List.of(new Engine.Change(key(i), value(i))));
    }
    engine.markRepaired(Bytes.EMPTY, null);
  }

  @Test
  void what_can_be_read_is_kept_and_all_keys_are_refused_until_they_are_back() throws IOException {
    SimulatedDisk disk = filled();
    flip(disk, LogFormat.file(2), find(disk, LogFormat.file(2), 5));
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      assertThat(lost(engine)).containsExactly(5);
      assertThat(engine.counters().damaged().sum()).isPositive();
    }
    assertThat(disk.names()).contains(LogFormat.file(2) + CheckpointFiles.ASIDE);
    assertThat(disk.names()).doesNotContain(LogFormat.file(1), LogFormat.file(2));
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      assertThat(lost(engine)).as("after another start").containsExactly(5);
      assertThat(engine.counters().damaged().sum()).isZero();
      rewrite(engine);
      checkAll(engine);
    }
    assertThat(disk.names()).noneMatch(name -> name.endsWith(CheckpointFiles.ASIDE));
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      checkAll(engine);
    }
  }

  @Test
  void a_flipped_bit_in_any_byte_of_the_log_is_found_at_the_next_start() throws IOException {
    for (int segment = 1; segment <= SEGMENTS; segment++) {
      String name = LogFormat.file(segment);
      long size = size(filled(), name);
      // The last frame only says that everything before it is whole.
      long end = segment == SEGMENTS ? size - LogFormat.FRAME_HEAD_BYTES : size;
      for (long at = 0; at < size; at++) {
        SimulatedDisk disk = filled();
        flip(disk, name, at);
        try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
          if (at < end) {
            assertThat(lost(engine)).as("%s at %d", name, at).hasSizeLessThanOrEqualTo(1);
          } else {
            checkAll(engine);
          }
        }
      }
    }
  }

  @Test
  void a_segment_that_is_missing_leaves_a_lost_range() throws IOException {
    for (int segment = 1; segment < SEGMENTS; segment++) {
      SimulatedDisk disk = filled();
      disk.delete(LogFormat.file(segment));
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        assertThat(lost(engine)).hasSize(WRITES).contains((segment - 1) * WRITES);
      }
    }
    SimulatedDisk disk = filled();
    for (int segment = 1; segment <= SEGMENTS; segment++) {
      disk.delete(LogFormat.file(segment));
    }
    for (int start = 0; start < 2; start++) {
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        assertThat(lost(engine)).hasSize(ROWS);
      }
    }
  }

  @Test
  void a_segment_that_was_set_aside_leaves_a_lost_range_even_the_last_one() throws IOException {
    for (int segment = 1; segment <= SEGMENTS; segment++) {
      SimulatedDisk disk = filled();
      String aside = LogFormat.file(segment) + CheckpointFiles.ASIDE;
      disk.rename(LogFormat.file(segment), aside);
      for (int start = 0; start < 2; start++) {
        try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
          assertThat(lost(engine)).hasSize(WRITES).contains((segment - 1) * WRITES);
        }
        assertThat(disk.names()).contains(aside);
      }
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        rewrite(engine);
        checkAll(engine);
      }
      assertThat(disk.names()).doesNotContain(aside);
    }
  }

  @Test
  void a_segment_that_was_cut_is_noticed_by_the_next_one() throws IOException {
    SimulatedDisk disk = filled();
    try (var file = disk.open(LogFormat.file(2))) {
      // Cut where a frame ends: the last two are a write's and the one written on closing.
      int record = LogFormat.record(List.of(new Engine.Change(key(7), value(7)))).length();
      file.truncate(file.size() - 2L * LogFormat.FRAME_HEAD_BYTES - record);
      file.sync();
    }
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      assertThat(lost(engine)).containsExactly(7);
    }
  }

  @Test
  void behind_damage_a_torn_tail_is_cut_and_nothing_of_it_is_known() throws IOException {
    SimulatedDisk disk = filled();
    String name = LogFormat.file(SEGMENTS);
    flip(disk, name, find(disk, name, ROWS - 3));
    flip(disk, name, size(disk, name) - 1); // the frame written on closing
    flip(disk, name, find(disk, name, ROWS - 1)); // and the last write, as if torn
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      assertThat(lost(engine)).containsExactly(ROWS - 3, ROWS - 1);
    }
  }

  @Test
  void a_power_failure_at_any_operation_forgets_neither_the_damage_nor_a_row_that_was_left()
      throws IOException {
    boolean ended = false;
    for (int at = 0; !ended; at++) {
      var random = new Random(at);
      SimulatedDisk disk = filled();
      flip(disk, LogFormat.file(2), find(disk, LogFormat.file(2), 5));
      int before = disk.operations();
      disk.failAfter(at, SimulatedDisk.Fault.POWER);
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        assertThat(lost(engine)).containsExactly(5);
      } catch (EngineException e) {
        assertThat(e).isNotNull(); // Power failed.
      }
      ended = disk.operations() - before <= at;
      SimulatedDisk next = disk.afterPowerFailure(random);
      for (int start = 0; start < 2; start++) {
        try (var engine = LogEngine.open(next, OPTIONS, new TickingTime())) {
          assertThat(lost(engine)).as("power failure at %d", at).containsExactly(5);
        }
      }
    }
  }

  @Test
  void an_error_of_the_disk_at_any_operation_is_not_taken_for_damage() {
    boolean ended = false;
    var unreadable = new TreeSet<String>();
    for (int at = 0; !ended; at++) {
      SimulatedDisk disk = filled();
      int before = disk.operations();
      disk.failAfter(at, SimulatedDisk.Fault.EIO);
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        checkAll(engine);
      } catch (EngineException e) {
        unreadable.add(String.valueOf(e.getMessage())); // The disk erred.
      }
      ended = disk.operations() - before <= at;
      try (var engine =
          LogEngine.open(disk.afterPowerFailure(new Random(at)), OPTIONS, new TickingTime())) {
        checkAll(engine);
      }
    }
    for (int segment = 1; segment <= SEGMENTS; segment++) {
      String name = LogFormat.file(segment);
      assertThat(unreadable)
          .anyMatch(it -> it.contains(name + " can't be read") && it.contains(name + ".damaged"));
    }
  }

  private static void awaitMended(Engine engine) {
    while (!engine.isWhole()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private static void writeSome(Engine engine) {
    for (int i = 0; i < ROWS; i++) {
      engine.awaitDurable(engine.write(List.of(new Engine.Change(key(i), value(i)))));
    }
  }

  @Test
  void a_flipped_bit_in_any_byte_of_the_log_is_found_while_the_engine_runs_and_costs_nothing()
      throws IOException {
    long size = 1;
    for (long at = 0; at < size; at++) {
      var disk = new SimulatedDisk();
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        writeSome(engine);
        size = size(disk, LogFormat.file(1));
        assertThat(engine.verify(Engine.Pace.UNLIMITED).bytes()).isGreaterThan(size / 2);
        flip(disk, LogFormat.file(1), at);
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged())
            .as("offset %d", at)
            .singleElement()
            .asString()
            .contains(LogFormat.file(1), "is damaged");
        awaitMended(engine);
        assertThat(disk.names()).doesNotContain(LogFormat.file(1));
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
      }
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        checkAll(engine);
      }
    }
  }

  @Test
  void a_log_that_is_being_written_is_read_as_far_as_it_goes() throws Exception {
    var disk = new SimulatedDisk();
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      var writer =
          new Thread(() -> {
            for (int round = 0; round < 40; round++) {
              writeSome(engine);
            }
          });
      writer.start();
      while (writer.isAlive()) {
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
      }
      writer.join();
    }
  }

  @Test
  void a_power_failure_while_a_damaged_log_is_left_costs_what_was_damaged_at_most()
      throws IOException {
    boolean ended = false;
    int lostRanges = 0;
    for (int at = 0; !ended; at++) {
      var disk = new SimulatedDisk();
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        writeSome(engine);
        flip(disk, LogFormat.file(1), find(disk, LogFormat.file(1), 5));
        int before = disk.operations();
        disk.failAfter(at, SimulatedDisk.Fault.POWER);
        engine.verify(Engine.Pace.UNLIMITED);
        ended = disk.operations() - before <= at;
      } catch (EngineException e) {
        assertThat(e).isNotNull(); // Power failed.
      }
      try (var engine =
          LogEngine.open(disk.afterPowerFailure(new Random(at)), OPTIONS, new TickingTime())) {
        lostRanges += engine.lostRanges().size();
        if (engine.isWhole()) {
          checkAll(engine);
        } else {
          assertThat(lost(engine)).as("power failure at %d", at).containsExactly(5);
        }
      }
    }
    assertThat(lostRanges).isPositive();
  }
}
