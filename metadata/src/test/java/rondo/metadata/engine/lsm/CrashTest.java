package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.disk.SimulatedDisk;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.TickingTime;
import rondo.ring.value.Bytes;

/**
 * Makes power fail, or the disk err, at every single operation. Afterwards the engine must be in
 * its state after some write, and not an earlier one than the last acknowledged write.
 */
@Tag("simulation")
final class CrashTest {
  private static final int WRITES = 80;
  private static final int KEYS = 25;
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.FSYNC, 700, 300, 2, 1 << 20, 1 << 16, 1500);

  /** A key that is written after a recovery, and that the history leaves out. */
  private static final Bytes AGAIN = Bytes.utf8("again");

  /** The states after each write, and which of the writes was acknowledged last. */
  private static final class History {
    private final List<Map<Bytes, Bytes>> states = new ArrayList<>(List.of(Map.of()));
    private int acknowledged;

    void write(Engine engine, Random random) {
      var next = new HashMap<>(states.getLast());
      var changes = new ArrayList<Engine.Change>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        Bytes key = Bytes.utf8("key" + random.nextInt(KEYS));
        if (random.nextInt(5) == 0) {
          next.remove(key);
          changes.add(new Engine.Change(key, null));
        } else {
          Bytes value = Bytes.utf8("v".repeat(random.nextInt(8) == 0 ? 1500 : 20) + states.size());
          next.put(key, value);
          changes.add(new Engine.Change(key, value));
        }
      }
      // A failed write may be there or not.
      states.add(next);
      long sequence = engine.write(changes);
      if (random.nextInt(3) > 0) {
        int written = states.size() - 1;
        engine.awaitDurable(sequence);
        acknowledged = written;
      }
    }

    /**
     * Whether {@code found} is the state after a write, the last acknowledged one or a later one.
     */
    boolean explains(Map<Bytes, Bytes> found) {
      return states.subList(acknowledged, states.size()).contains(found);
    }
  }

  private static Map<Bytes, Bytes> contents(Engine engine) {
    var found = new HashMap<Bytes, Bytes>();
    try (Cursor cursor = engine.cursor(Bytes.EMPTY, null)) {
      for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        if (!entry.key().equals(AGAIN)) {
          found.put(entry.key(), entry.value());
        }
      }
    }
    for (int i = 0; i < KEYS; i++) {
      Bytes key = Bytes.utf8("key" + i);
      Engine.Entry entry = engine.get(key);
      assertThat(entry == null ? null : entry.value()).isEqualTo(found.get(key));
    }
    return found;
  }

  private static void work(SimulatedDisk disk, History history, Random random) {
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      for (int i = 0; i < WRITES; i++) {
        history.write(engine, random);
      }
    } catch (EngineException e) {
      assertThat(e).hasMessageNotContaining("damaged");
    }
  }

  /** Returns what is wrong after a recovery; empty when all is well. */
  private static String trouble(SimulatedDisk disk, History history) {
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      Map<Bytes, Bytes> found = contents(engine);
      if (!history.explains(found)) {
        return "found " + found.keySet() + " after " + history.acknowledged + " writes";
      }
      if (!engine.verify(Engine.Pace.UNLIMITED).damaged().isEmpty()) {
        return "damaged";
      }
      engine.awaitDurable(engine.write(List.of(new Engine.Change(AGAIN, AGAIN))));
      return "";
    } catch (EngineException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String crashed(int at, long seed, Predicate<String> skipped) {
    return crashed(at, seed, skipped, (_, _) -> {});
  }

  /**
   * @param rot damages the disk before it is opened for the last time
   */
  private static String crashed(
      int at, long seed, Predicate<String> skipped, BiConsumer<SimulatedDisk, Random> rot) {
    var random = new Random(seed * 10_007 + at);
    var disk = new SimulatedDisk(skipped);
    disk.failAfter(at, SimulatedDisk.Fault.POWER);
    var history = new History();
    work(disk, history, random);
    SimulatedDisk next = disk.afterPowerFailure(random);
    // Sometimes power fails again during the recovery.
    if (random.nextInt(3) == 0) {
      next.failAfter(random.nextInt(60), SimulatedDisk.Fault.POWER);
      trouble(next, history);
      next = next.afterPowerFailure(random);
    }
    rot.accept(next, random);
    String trouble = trouble(next, history);
    return trouble.isEmpty() ? "" : "power failure at operation " + at + ": " + trouble;
  }

  /** Damages a checkpoint, and lets power fail while it is salvaged: no row may be invented. */
  private static void salvaged(int at) throws IOException {
    var random = new Random(at);
    var disk = new SimulatedDisk();
    var history = new History();
    work(disk, history, random);
    disk = disk.afterPowerFailure(random);
    String table =
        disk.names().stream().filter(n -> n.endsWith(".table")).findFirst().orElseThrow();
    try (var file = disk.open(table)) {
      file.write(ByteBuffer.wrap(new byte[40]), 100);
      file.sync();
    }
    disk.failAfter(at, SimulatedDisk.Fault.POWER);
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      engine.verify(Engine.Pace.UNLIMITED);
      for (int i = 0; i < 200 && engine.damagedCheckpoints() > 0; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    } catch (EngineException e) {
      assertThat(e).isNotNull(); // Power failed.
    }
    checkSalvaged(disk.afterPowerFailure(random), history);
  }

  private static void checkSalvaged(SimulatedDisk disk, History history) {
    Map<Bytes, Bytes> last = history.states.getLast();
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      engine.verify(Engine.Pace.UNLIMITED);
      LossTest.awaitNoDamage(engine);
      for (int i = 0; i < KEYS; i++) {
        Bytes key = Bytes.utf8("key" + i);
        if (engine.lostRanges().stream().noneMatch(lostRange -> lostRange.holds(key))) {
          Engine.Entry entry = engine.get(key);
          assertThat(entry == null ? null : entry.value()).isEqualTo(last.get(key));
        }
      }
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
    }
  }

  @Test
  void a_power_failure_while_a_damaged_checkpoint_is_written_anew_costs_no_other_row()
      throws IOException {
    for (int at = 0; at < 60; at++) {
      salvaged(at);
    }
  }

  private static int operations() {
    var disk = new SimulatedDisk();
    work(disk, new History(), new Random(1));
    return disk.operations();
  }

  @Test
  void a_power_failure_at_any_operation_leaves_all_that_was_acknowledged_and_nothing_else() {
    int operations = operations();
    assertThat(operations).isGreaterThan(300);
    for (int at = 0; at < operations; at++) {
      assertThat(crashed(at, 1, operation -> false)).isEmpty();
    }
  }

  /** Flips a bit of one of the manifest's copies, once there are two. */
  private static void rotManifest(SimulatedDisk disk, Random random) {
    List<String> copies = List.of(ManifestFiles.NAME, ManifestFiles.COPY);
    try {
      if (disk.names().containsAll(copies)) {
        RottenManifestTest.flip(disk, copies.get(random.nextInt(2)), random);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void after_a_power_failure_at_any_operation_each_copy_of_the_manifest_has_everything() {
    int operations = operations();
    for (int at = 0; at < operations; at++) {
      assertThat(crashed(at, 2, operation -> false, CrashTest::rotManifest)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".log", ".table", ".values", ".filter", ".index", ".sum", "manifest", "names"})
  void a_sync_that_is_left_out_is_found(String file) {
    int operations = operations();
    String found = "";
    for (int at = 1; found.isEmpty() && at < 20 * operations; at++) {
      found = crashed(at % operations, at, operation -> operation.contains(file));
    }
    assertThat(found).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC"})
  void after_an_error_at_any_operation_a_restart_has_all_that_was_acknowledged(
      SimulatedDisk.Fault fault) throws IOException {
    int operations = operations();
    for (int at = 0; at < operations; at++) {
      var random = new Random(at);
      var disk = new SimulatedDisk();
      disk.failAfter(at, fault);
      var history = new History();
      work(disk, history, random);
      String trouble = trouble(disk.afterPowerFailure(random), history);
      assertThat(trouble).as("%s at operation %d", fault, at).isEmpty();
    }
  }
}
