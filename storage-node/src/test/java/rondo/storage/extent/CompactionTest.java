package rondo.storage.extent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.disk.SimulatedDisk;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.extent.upkeep.Compaction;
import rondo.storage.folder.DiskException;

/** Compaction frees space and loses no chunk, wherever power fails or the disk errs meanwhile. */
@Tag("long")
final class CompactionTest {
  private static final int EXTENT = 256 * 1024;
  private static final ExtentSettings SETTINGS = new ExtentSettings(EXTENT, 0, true);
  private static final int STEPS = 30;

  private static ExtentStore open(SimulatedDisk disk, long seed) {
    return ExtentStore.on(List.of(disk), SETTINGS, Chunks.TIME, Chunks.randomness(seed));
  }

  private static void compact(ExtentStore store) {
    for (Compaction compaction : store.compactions()) {
      while (compaction.step() > 0) {
        // Once more.
      }
    }
  }

  @Test
  void what_is_dropped_comes_back_but_for_a_third() {
    var disk = new SimulatedDisk();
    var store = open(disk, 1);
    var client = new StoreClient(1);
    client.work(store, 60);
    long full = disk.storedBytes();
    while (client.acknowledged.size() > 10) {
      client.drop(store);
    }
    assertThat(store.usage().deadBytes()).isGreaterThan(full / 2);
    compact(store);
    var usage = store.usage();
    assertThat(usage.deadBytes()).isLessThan(usage.liveBytes() / 2 + EXTENT / 8);
    assertThat(disk.storedBytes()).isLessThan(usage.liveBytes() * 3 / 2 + EXTENT);
    client.check(store);
    client.check(open(disk.afterPowerFailure(new Random(1)), 2));
  }

  @Test
  void dropping_everything_leaves_nothing() {
    var disk = new SimulatedDisk();
    var store = open(disk, 1);
    var client = new StoreClient(2);
    client.work(store, 60);
    while (!client.acknowledged.isEmpty()) {
      client.drop(store);
    }
    compact(store);
    assertThat(store.usage().deadBytes()).isLessThanOrEqualTo(EXTENT / 16);
    assertThat(disk.files()).filteredOn(Extent::isFileName).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void the_age_and_the_owner_of_a_chunk_that_was_moved_stay() {
    var store = open(new SimulatedDisk(), 1);
    var client = new StoreClient(3);
    client.work(store, 60);
    while (client.acknowledged.size() > 5) {
      client.drop(store);
    }
    var before = store.list(null, 100);
    compact(store);
    var after = store.list(null, 100);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.get(i).owner()).isEqualTo(before.get(i).owner());
      assertThat(after.get(i).ageMicros()).isGreaterThan(before.get(i).ageMicros());
    }
  }

  @Test
  void who_reads_a_chunk_goes_on_where_it_was() {
    var store = open(new SimulatedDisk(), 1);
    for (int i = 0; i < 10; i++) {
      Chunks.put(store, Chunks.id(i), 100_000);
    }
    var id = Chunks.id(1);
    try (var reader = requireNonNull(store.read(id))) {
      store.drop(Chunks.id(0));
      compact(store);
      var bytes = ByteBuffer.allocate(100_000);
      reader.read(0, bytes);
      assertThat(bytes.array()).isEqualTo(Chunks.payload(id, 100_000));
    }
    Chunks.check(store, id, 100_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothing_is_lost_wherever_the_power_fails(long seed) {
    long operations = operations(seed);
    for (long at = 0; at <= operations; at++) {
      var disk = new SimulatedDisk();
      disk.failChangeAfter(at, SimulatedDisk.Fault.POWER);
      var client = new StoreClient(seed);
      attempt(disk, client);
      disk = disk.afterPowerFailure(new Random(seed * 1000 + at));
      // A second failure, while it recovers or works on.
      disk.failChangeAfter(client.random.nextInt(60), SimulatedDisk.Fault.POWER);
      attempt(disk, client);
      disk = disk.afterPowerFailure(new Random(seed * 1000 + at + 500));
      var store = open(disk, at);
      client.check(store);
      compact(store);
      client.check(store);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4})
  void nothing_is_lost_wherever_a_write_fails(long seed) {
    long operations = operations(seed);
    for (long at = 0; at <= operations; at++) {
      var disk = new SimulatedDisk();
      disk.failChangeAfter(at, SimulatedDisk.Fault.EIO);
      var client = new StoreClient(seed);
      attempt(disk, client);
      client.check(open(disk.afterPowerFailure(new Random(seed * 1000 + at)), at));
    }
  }

  private static long operations(long seed) {
    var disk = new SimulatedDisk();
    attempt(disk, new StoreClient(seed));
    assertThat(disk.changes()).isGreaterThan(100);
    return disk.changes();
  }

  /**
   * Works, with a step of compaction after every step, until the disk fails or the work is done.
   */
  private static void attempt(SimulatedDisk disk, StoreClient client) {
    try {
      var store = open(disk, client.random.nextLong());
      client.work(store, STEPS, 1, () -> store.compactions().getFirst().step());
    } catch (DiskException e) {
      assertThat(e).hasMessageContainingAll("");
    }
  }

  @Test
  @Timeout(60)
  void writers_readers_and_droppers_go_on_while_extents_are_rewritten() throws Exception {
    var store = open(new SimulatedDisk(), 1);
    var lengths = new ConcurrentHashMap<ChunkId, Integer>();
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        int first = worker * 10_000;
        work.add(threads.submit(() -> change(store, lengths, first)));
      }
      var compacting =
          threads.submit(() -> {
            while (!done.get()) {
              compact(store);
            }
          });
      for (Future<?> one : work) {
        one.get();
      }
      done.set(true);
      compacting.get();
    }
    assertThat(store.compactions().getFirst().extents()).isPositive();
    assertThat(store.names(null, 10_000)).hasSize(lengths.size());
    lengths.forEach((id, length) -> Chunks.check(store, id, length));
  }

  private static void change(
      ExtentStore store, ConcurrentHashMap<ChunkId, Integer> all, int first) {
    var random = new Random(first);
    var own = new ArrayList<ChunkId>();
    for (int i = 0; i < 150; i++) {
      var id = Chunks.id(first + i);
      int length = 1 + random.nextInt(40_000);
      Chunks.put(store, id, length);
      all.put(id, length);
      own.add(id);
      var some = own.get(random.nextInt(own.size()));
      Chunks.check(store, some, requireNonNull(all.get(some)));
      if (random.nextInt(10) < 7) {
        assertThat(store.drop(some)).isTrue();
        own.remove(some);
        all.remove(some);
      }
      if (own.isEmpty()) {
        Chunks.put(store, id, length);
        all.put(id, length);
        own.add(id);
      }
    }
  }
}
