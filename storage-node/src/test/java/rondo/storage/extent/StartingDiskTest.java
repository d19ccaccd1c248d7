package rondo.storage.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.SimulatedDisk;
import rondo.storage.extent.file.ChunkHeader;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskSource;

/** Tests a store whose disks are partly unusable when it starts, and usable later. */
final class StartingDiskTest {
  private static final ExtentSettings SETTINGS = new ExtentSettings(256 * 1024, 0, true);
  private static final int LENGTH = 50_000;

  private SimulatedDisk one = new SimulatedDisk();
  private final SimulatedDisk other = new SimulatedDisk();
  private boolean missing;

  private static DiskSource present(SimulatedDisk disk) {
    return new Source(() -> disk);
  }

  private record Source(java.util.function.Supplier<Disk> disk) implements DiskSource {
    @Override
    public String path() {
      return "memory";
    }

    @Override
    public Disk open() {
      return disk.get();
    }
  }

  /** Starts a store whose first disk may be missing. */
  private ExtentStore start() {
    var first =
        new Source(() -> {
          if (missing) {
            throw new DiskException("it isn't mounted");
          }
          return one;
        });
    return ExtentStore.start(
        List.of(first, present(other)), SETTINGS, Chunks.TIME, Chunks.randomness(1));
  }

  /** Writes chunks 0 to 9 to the first disk. */
  private void fill() {
    var store = ExtentStore.on(List.of(one), SETTINGS, Chunks.TIME, Chunks.randomness(1));
    for (int n = 0; n < 10; n++) {
      Chunks.put(store, Chunks.id(n), LENGTH);
    }
    store.drop(Chunks.id(9));
    store.close();
  }

  private static boolean retry(ExtentStore store) {
    return store.folders().getFirst().retry();
  }

  @Test
  void what_is_missing_at_the_start_is_told_and_is_back_when_it_is_there() {
    fill();
    missing = true;
    var store = start();
    assertThat(store.failures()).containsExactly("it isn't mounted");
    assertThat(store.read(Chunks.id(1))).isNull();
    assertThat(store.contains(Chunks.id(1))).isFalse();
    Chunks.put(store, Chunks.id(20), LENGTH);
    // Repair brings the chunk here from another node.
    Chunks.put(store, Chunks.id(1), LENGTH);
    assertThat(retry(store)).isFalse();
    missing = false;
    assertThat(retry(store)).isTrue();
    assertThat(store.failures()).isEmpty();
    for (int n = 0; n < 9; n++) {
      Chunks.check(store, Chunks.id(n), LENGTH);
    }
    assertThat(store.contains(Chunks.id(9))).isFalse();
    assertThat(store.usage().liveBytes()).isEqualTo(10L * record());
    store.drop(Chunks.id(1));
    assertThat(store.read(Chunks.id(1))).isNull();
    store.close();
    assertThat(start().names(null, 100)).doesNotContain(Chunks.id(1)).hasSize(9);
  }

  private static int record() {
    return ChunkHeader.recordBytes(Chunks.OWNER.length(), LENGTH);
  }

  @Test
  void a_store_starts_with_no_disk_at_all_never() {
    missing = true;
    var nowhere =
        new Source(() -> {
          throw new DiskException("it isn't mounted");
        });
    assertThatThrownBy(
            () -> ExtentStore.start(List.of(nowhere), SETTINGS, Chunks.TIME, Chunks.randomness(1)))
        .isInstanceOf(DiskException.class);
  }

  @Test
  void a_disk_that_is_read_only_at_the_start_is_read_and_written_once_that_works() {
    fill();
    // The disk after a crash, with an open extent.
    one = one.afterPowerFailure(new Random(1));
    one.readOnly(true);
    var store = start();
    assertThat(store.failures()).singleElement().asString().contains("Read-only");
    for (int n = 0; n < 9; n++) {
      Chunks.check(store, Chunks.id(n), LENGTH);
    }
    assertThat(store.contains(Chunks.id(0))).isFalse();
    assertThatThrownBy(() -> store.drop(Chunks.id(3))).isInstanceOf(DiskException.class);
    Chunks.put(store, Chunks.id(20), LENGTH);
    assertThat(other.storedBytes()).isGreaterThan(LENGTH);
    assertThat(retry(store)).isFalse();
    one.readOnly(false);
    assertThat(retry(store)).isTrue();
    assertThat(store.failures()).isEmpty();
    assertThat(store.drop(Chunks.id(2))).isTrue();
    one = one.afterPowerFailure(new Random(2));
    var again = start();
    assertThat(again.failures()).isEmpty();
    assertThat(again.names(null, 100)).doesNotContain(Chunks.id(2), Chunks.id(9));
    Chunks.check(again, Chunks.id(1), LENGTH);
  }

  @Test
  void an_unreadable_disk_is_left_alone_until_it_can_be_read() {
    fill();
    one.failReads(name -> true);
    var store = start();
    assertThat(store.failures()).singleElement().asString().contains("Input/output error");
    Chunks.put(store, Chunks.id(20), LENGTH);
    assertThat(retry(store)).isFalse();
    one.failReads(name -> false);
    assertThat(retry(store)).isTrue();
    Chunks.check(store, Chunks.id(1), LENGTH);
    Chunks.check(store, Chunks.id(20), LENGTH);
  }

  @Test
  void one_unreadable_file_costs_what_is_in_it_and_nothing_else() {
    fill();
    var names = one.files().stream().filter(Extent::isFileName).toList();
    assertThat(names.size()).isGreaterThan(1);
    one.failReads(names.getFirst()::equals);
    var store = start();
    assertThat(store.failures())
        .singleElement()
        .asString()
        .contains(names.getFirst(), "can't be read");
    long held = store.names(null, 100).size();
    assertThat(held).isBetween(1L, 8L);
    Chunks.put(store, Chunks.id(20), LENGTH);
    store.close();
    one.failReads(name -> false);
    var again = start();
    assertThat(again.failures()).isEmpty();
    assertThat(again.names(null, 100)).hasSize(10).doesNotContain(Chunks.id(9));
  }

  @Test
  void wherever_a_write_fails_while_a_disk_is_opened_nothing_is_lost() {
    for (long at = 0; at < 20; at++) {
      one = new SimulatedDisk();
      fill();
      one = one.afterPowerFailure(new Random(at));
      one.failChangeAfter(at, SimulatedDisk.Fault.EIO);
      var store = start();
      for (int n = 0; n < 9; n++) {
        Chunks.check(store, Chunks.id(n), LENGTH);
      }
      assertThat(store.failures().isEmpty() || retry(store)).isTrue();
      store.close();
      one = one.afterPowerFailure(new Random(at));
      assertThat(start().names(null, 100)).hasSize(9);
    }
  }
}
