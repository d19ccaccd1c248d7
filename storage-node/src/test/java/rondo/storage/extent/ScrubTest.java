package rondo.storage.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rondo.metadata.disk.SimulatedDisk;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.CorruptException;

/** A scrub finds every flipped bit on a disk, and quarantines the damaged chunks. */
final class ScrubTest {
  private static final ExtentSettings SETTINGS = new ExtentSettings(256 * 1024, 0, true);
  private static final int LENGTH = 70_000;

  private final SimulatedDisk disk = new SimulatedDisk();
  private final List<StorageDamage> told = new ArrayList<>();

  private ExtentStore open(SimulatedDisk on) {
    var store = ExtentStore.on(List.of(on), SETTINGS, Chunks.TIME, Chunks.randomness(1));
    store.onDamage(told::add);
    return store;
  }

  private ExtentStore filled() {
    var store = open(disk);
    for (int i = 0; i < 5; i++) {
      Chunks.put(store, Chunks.id(i), LENGTH);
    }
    return store;
  }

  private static long scrub(ExtentStore store) {
    var scrub = store.scrubs().getFirst();
    scrub.ask();
    scrub.beginIfDue(Duration.ofDays(1));
    while (scrub.step() > 0) {
      // On to the end.
    }
    assertThat(scrub.isDone()).isTrue();
    return scrub.state().lastFindings();
  }

  private static void compact(ExtentStore store) {
    while (store.compactions().getFirst().step() > 0) {
      // On to the end.
    }
  }

  private String extent(int number) {
    return disk.files().stream().filter(Extent::isFileName).toList().get(number);
  }

  @Test
  void every_flipped_bit_of_a_sealed_or_an_open_extent_is_found_or_is_padding() {
    var random = new Random(4);
    for (int i = 0; i < 300; i++) {
      var here = new SimulatedDisk();
      var store = open(here);
      for (int chunk = 0; chunk < 5; chunk++) {
        Chunks.put(store, Chunks.id(chunk), LENGTH);
      }
      var files = here.files().stream().filter(Extent::isFileName).toList();
      assertThat(files).hasSize(2);
      String file = files.get(random.nextInt(2));
      here.flip(file, random.nextInt(here.size(file)), random.nextInt(8));
      long findings = scrub(store);
      int held = store.names(null, 10).size();
      assertThat(held).isGreaterThanOrEqualTo(findings == 0 ? 5 : 4);
      for (ChunkId id : store.names(null, 10)) {
        Chunks.check(store, id, LENGTH);
      }
      var again = open(here.afterPowerFailure(random));
      assertThat(again.names(null, 10)).containsExactlyElementsOf(store.names(null, 10));
    }
  }

  @Test
  void a_damaged_chunk_does_not_count_as_held_until_it_is_replaced_also_after_a_restart() {
    var store = filled();
    disk.flip(extent(0), 100_000, 1);
    assertThat(scrub(store)).isEqualTo(1);
    var damaged = told.getFirst().chunk();
    assertThat(damaged).isEqualTo(Chunks.id(1));
    for (ExtentStore one : List.of(store, open(disk.image(new Random(1))))) {
      assertThat(one.contains(Chunks.id(1))).isFalse();
      assertThat(one.names(null, 10)).hasSize(4).doesNotContain(Chunks.id(1));
      assertThat(one.list(null, 10)).hasSize(5);
      assertThat(one.usage().damagedChunks()).isEqualTo(1);
      assertThatThrownBy(() -> Chunks.read(one, Chunks.id(1))).isInstanceOf(CorruptException.class);
    }
    Chunks.put(store, Chunks.id(1), LENGTH);
    Chunks.check(store, Chunks.id(1), LENGTH);
    assertThat(store.contains(Chunks.id(1))).isTrue();
    assertThat(store.usage().damagedChunks()).isZero();
    assertThat(open(disk.image(new Random(1))).contains(Chunks.id(1))).isTrue();
    assertThat(scrub(store)).isZero();
  }

  @Test
  void who_reads_a_damaged_chunk_sets_it_aside_and_tells() {
    var store = filled();
    disk.flip(extent(0), 100_000, 1);
    assertThatThrownBy(() -> Chunks.read(store, Chunks.id(1))).isInstanceOf(CorruptException.class);
    assertThat(store.contains(Chunks.id(1))).isFalse();
    assertThat(told)
        .singleElement()
        .satisfies(damage -> assertThat(damage.chunk()).isEqualTo(Chunks.id(1)));
  }

  @Test
  void a_chunk_that_can_not_be_read_is_set_aside() {
    var store = filled();
    disk.failReads(name -> true);
    assertThatThrownBy(() -> Chunks.read(store, Chunks.id(1))).isInstanceOf(CorruptException.class);
    disk.failReads(name -> false);
    assertThat(store.contains(Chunks.id(1))).isFalse();
    assertThat(store.contains(Chunks.id(2))).isTrue();
  }

  @Test
  void an_extent_whose_index_has_rotted_is_rewritten() {
    var store = filled();
    var file = extent(0);
    disk.flip(file, disk.size(file) - 50, 1);
    assertThat(scrub(store)).isEqualTo(1);
    assertThat(told.getFirst().chunk()).isNull();
    compact(store);
    assertThat(disk.files()).doesNotContain(file);
    assertThat(scrub(store)).isZero();
    for (int i = 0; i < 5; i++) {
      Chunks.check(store, Chunks.id(i), LENGTH);
    }
  }

  @Test
  void a_damaged_log_of_drops_is_found_and_written_anew() {
    var store = filled();
    store.drop(Chunks.id(0));
    store.drop(Chunks.id(1));
    disk.flip("drops.log", 20, 3);
    assertThat(scrub(store)).isEqualTo(1);
    assertThat(scrub(store)).isZero();
    assertThat(open(disk.afterPowerFailure(new Random(1))).contains(Chunks.id(1))).isFalse();
  }

  @Test
  void extents_with_damaged_chunks_are_not_rewritten_before_those_are_replaced() {
    var store = filled();
    disk.flip(extent(0), 100_000, 1);
    scrub(store);
    store.drop(Chunks.id(0));
    compact(store);
    assertThat(store.list(null, 10)).hasSize(4);
    store.drop(Chunks.id(1));
    compact(store);
    Chunks.check(store, Chunks.id(2), LENGTH);
    assertThat(store.usage().damagedChunks()).isZero();
  }

  @Test
  void a_reading_goes_on_after_a_restart_where_it_was() {
    var store = filled();
    var scrub = store.scrubs().getFirst();
    scrub.ask();
    scrub.beginIfDue(Duration.ofDays(1));
    for (int i = 0; i < 7; i++) {
      scrub.step();
    }
    var state = scrub.state();
    store.close();
    var again = open(disk).scrubs().getFirst();
    assertThat(again.state()).isEqualTo(state);
    again.beginIfDue(Duration.ofDays(1));
    assertThat(again.state()).isEqualTo(state);
  }
}
