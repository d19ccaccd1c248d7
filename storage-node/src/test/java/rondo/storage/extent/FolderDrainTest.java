package rondo.storage.extent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.metadata.disk.SimulatedDisk;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentFormat;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;

/** A folder that leaves a store is emptied, and no chunk is lost or comes back on the way. */
@Tag("long")
final class FolderDrainTest {
  private static final ExtentSettings SETTINGS = new ExtentSettings(256 * 1024, 0, true);
  private static final String OLD = "old";
  private static final int LENGTH = 50_000;

  private final SimulatedDisk kept = new SimulatedDisk();
  private final SimulatedDisk old = kept.beside(OLD);

  private static ExtentStore open(long seed, SimulatedDisk... disks) {
    return ExtentStore.on(List.of(disks), SETTINGS, Chunks.TIME, Chunks.randomness(seed));
  }

  private static StoreFolder folder(ExtentStore store) {
    return store.folders().stream().filter(it -> it.path().equals(OLD)).findFirst().orElseThrow();
  }

  private static void drain(ExtentStore store) {
    store.changes().leave(OLD, true);
    for (int step = 0; step < 1000 && folder(store).work() > 0; step++) {
      // Once more.
    }
  }

  private static LeavingFolder state(ExtentStore store) {
    assertThat(store.changes().leaving()).hasSize(1);
    return store.changes().leaving().getFirst();
  }

  /** Writes chunks 0 to 9 to the old disk, and drops the last one. */
  private ExtentStore filled() {
    kept.usable(1_000_000);
    var store = open(1, kept, old);
    for (int n = 0; n < 10; n++) {
      Chunks.put(store, Chunks.id(n), LENGTH);
    }
    store.drop(Chunks.id(9));
    assertThat(extents(old)).hasSizeGreaterThan(1);
    assertThat(extents(kept)).isEmpty();
    return store;
  }

  private static List<String> extents(SimulatedDisk disk) {
    return disk.files().stream().filter(Extent::isFileName).toList();
  }

  @Test
  void everything_is_in_the_other_folder_afterwards_and_the_old_one_can_go() {
    var store = filled();
    var before = store.list(null, 100);
    try (var reader = requireNonNull(store.read(Chunks.id(3)))) {
      drain(store);
      var bytes = ByteBuffer.allocate(LENGTH);
      reader.read(0, bytes);
      assertThat(bytes.array()).isEqualTo(Chunks.payload(Chunks.id(3), LENGTH));
    }
    assertThat(state(store).isEmpty()).isTrue();
    assertThat(state(store).leftBytes()).isZero();
    assertThat(state(store).secondsLeft()).isZero();
    assertThat(extents(old)).isEmpty();
    assertThat(store.list(null, 100)).hasSameSizeAs(before);
    assertThat(store.list(null, 100).getFirst().owner()).isEqualTo(before.getFirst().owner());
    Chunks.put(store, Chunks.id(20), LENGTH);
    assertThat(extents(old)).isEmpty();
    store.close();
    var again = open(2, kept);
    for (int n = 0; n < 9; n++) {
      Chunks.check(again, Chunks.id(n), LENGTH);
    }
    assertThat(again.names(null, 100)).hasSize(10).doesNotContain(Chunks.id(9));
  }

  @Test
  void a_chunk_that_is_dropped_or_written_anew_after_its_move_is_gone_from_both() {
    var store = filled();
    drain(store);
    store.drop(Chunks.id(1));
    Chunks.put(store, Chunks.id(2), 10);
    var again = open(2, kept.image(new Random(1)), old.image(new Random(1)));
    assertThat(again.names(null, 100)).hasSize(8).doesNotContain(Chunks.id(1));
    Chunks.check(again, Chunks.id(2), 10);
  }

  @Test
  void an_order_that_is_taken_back_leaves_the_rest_where_it_is() {
    var store = filled();
    store.changes().leave(OLD, true);
    assertThatThrownBy(() -> put(store, folder(store))).isInstanceOf(DiskFullException.class);
    assertThat(folder(store).work()).isPositive();
    store.changes().leave(OLD, false);
    assertThat(store.changes().leaving()).isEmpty();
    assertThat(folder(store).work()).isZero();
    assertThat(extents(old)).isNotEmpty();
    put(store, folder(store));
    for (int n = 0; n < 9; n++) {
      Chunks.check(store, Chunks.id(n), LENGTH);
    }
  }

  private static void put(ExtentStore store, StoreFolder into) {
    var folder = requireNonNull(into.now()).folder();
    try (var reader = requireNonNull(store.read(Chunks.id(1)))) {
      folder.open(reader.header()).abort();
    }
  }

  @Test
  void a_writer_that_began_before_the_order_is_waited_for() {
    var store = filled();
    var writer = store.open(Chunks.id(30), LENGTH, Chunks.OWNER);
    drain(store);
    assertThat(state(store).isEmpty()).isFalse();
    writer.write(ByteBuffer.wrap(Chunks.payload(Chunks.id(30), LENGTH)));
    writer.commit();
    assertThat(state(store).isEmpty()).isFalse();
    drain(store);
    assertThat(state(store).isEmpty()).isTrue();
    Chunks.check(store, Chunks.id(30), LENGTH);
  }

  @Test
  void a_damaged_chunk_stays_and_is_told_until_another_copy_replaces_it() {
    var store = filled();
    var told = new ArrayList<ChunkId>();
    store.onDamage(damage -> told.add(damage.chunk()));
    old.flip(extents(old).getFirst(), ExtentFormat.HEAD_BYTES + 4_000, 3);
    drain(store);
    assertThat(told).containsExactly(Chunks.id(0));
    assertThat(state(store).isEmpty()).isFalse();
    assertThat(state(store).damagedChunks()).isEqualTo(1);
    assertThat(store.contains(Chunks.id(0))).isFalse();
    for (int n = 1; n < 9; n++) {
      Chunks.check(store, Chunks.id(n), LENGTH);
    }
    Chunks.put(store, Chunks.id(0), LENGTH);
    drain(store);
    assertThat(state(store).isEmpty()).isTrue();
    Chunks.check(store, Chunks.id(0), LENGTH);
  }

  @Test
  void without_room_elsewhere_the_rest_waits_where_it_is() {
    var store = filled();
    kept.usable(0);
    drain(store);
    assertThat(state(store).waiting()).isTrue();
    assertThat(state(store).leftBytes()).isPositive();
    assertThat(extents(kept)).isEmpty();
    store.avoid(path -> !path.equals(OLD));
    kept.usable(1_000_000);
    drain(store);
    assertThat(state(store).waiting()).isTrue();
    store.avoid(path -> false);
    drain(store);
    assertThat(state(store).waiting()).isFalse();
    assertThat(state(store).isEmpty()).isTrue();
    for (int n = 0; n < 9; n++) {
      Chunks.check(store, Chunks.id(n), LENGTH);
    }
  }

  @Test
  void a_further_folder_is_filled_and_an_old_one_leaves_while_others_write() throws Exception {
    var store = open(1, old);
    var lengths = new ConcurrentHashMap<ChunkId, Integer>();
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        int first = worker * 10_000;
        work.add(threads.submit(() -> change(store, lengths, first)));
      }
      store.changes().add(StoreFolders.given(List.of(kept)).getFirst());
      var draining =
          threads.submit(() -> {
            while (!done.get()) {
              drain(store);
              store.folders().getLast().work();
            }
          });
      try {
        for (Future<?> one : work) {
          one.get();
        }
      } finally {
        done.set(true);
      }
      draining.get();
    }
    drain(store);
    assertThat(state(store).isEmpty()).isTrue();
    assertThat(store.names(null, 10_000)).hasSize(lengths.size());
    lengths.forEach((id, length) -> Chunks.check(store, id, length));
    store.close();
    var again = open(2, kept);
    assertThat(again.names(null, 10_000)).hasSize(lengths.size());
    lengths.forEach((id, length) -> Chunks.check(again, id, length));
  }

  /** Writes, writes anew, reads and drops chunks of its own. */
  private static void change(ExtentStore store, Map<ChunkId, Integer> all, int first) {
    var random = new Random(first);
    var own = new TreeMap<ChunkId, Integer>();
    for (int i = 0; i < 150; i++) {
      var id = Chunks.id(first + random.nextInt(60));
      int length = 1 + random.nextInt(40_000);
      Chunks.put(store, id, length);
      own.put(id, length);
      var some = List.copyOf(own.keySet()).get(random.nextInt(own.size()));
      Chunks.check(store, some, requireNonNull(own.get(some)));
      if (random.nextInt(10) < 4) {
        assertThat(store.drop(some)).isTrue();
        own.remove(some);
      }
    }
    all.putAll(own);
  }

  @ParameterizedTest
  @EnumSource(SimulatedDisk.Fault.class)
  @Timeout(120)
  void nothing_is_lost_and_nothing_comes_back_wherever_a_disk_fails(SimulatedDisk.Fault fault) {
    long operations = Long.MAX_VALUE;
    for (long at = 0; at <= operations; at++) {
      var other = new SimulatedDisk();
      var leaving = other.beside(OLD);
      var client = new StoreClient(3);
      client.work(open(3, leaving), 8);
      int before = other.changes();
      if (at < operations) {
        other.failChangeAfter(at, fault);
      }
      var ended = attempt(client, other, leaving);
      if (ended) {
        operations = (long) other.changes() - before;
      }
      var random = new Random(at);
      check(client, other.afterPowerFailure(random), leaving.afterPowerFailure(random));
    }
    assertThat(operations).isGreaterThan(50);
  }

  /** Drains, writes and drops; returns whether that ended without a fault. */
  private static boolean attempt(StoreClient client, SimulatedDisk other, SimulatedDisk leaving) {
    try {
      var store = open(4, other, leaving);
      store.changes().leave(OLD, true);
      client.work(store, 6, 1, () -> folder(store).work());
      drain(store);
      client.drop(store);
      return store.changes().leaving().getFirst().isEmpty();
    } catch (DiskException e) {
      return false;
    }
  }

  /** Opens what a power failure left, goes on, and takes the old disk out. */
  private static void check(StoreClient client, SimulatedDisk other, SimulatedDisk leaving) {
    var store = open(9, other, leaving);
    client.check(store);
    drain(store);
    client.check(store);
    assertThat(state(store).isEmpty()).isTrue();
    client.drop(store);
    store.close();
    client.check(open(10, other));
  }
}
