package rondo.storage.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.SimulatedDisk;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.DiskException;

/**
 * Tests a store whose disks fail: it serves the chunks that it can read, takes none that it can't
 * keep, and recovers.
 */
@Tag("long")
final class FailingDiskTest {
  private static final ExtentSettings SETTINGS = new ExtentSettings(256 * 1024, 0, true);
  private static final int LENGTH = 50_000;

  private final SimulatedDisk one = new SimulatedDisk();
  private final SimulatedDisk other = new SimulatedDisk();

  private static ExtentStore open(SimulatedDisk... disks) {
    return ExtentStore.on(List.of(disks), SETTINGS, Chunks.TIME, Chunks.randomness(1));
  }

  private static boolean recheck(ExtentStore store) {
    return store.compactions().getFirst().folder().recheck();
  }

  @Test
  void a_folder_that_is_read_only_for_a_while_is_read_meanwhile_and_written_afterwards() {
    var store = open(one);
    Chunks.put(store, Chunks.id(1), LENGTH);
    one.readOnly(true);
    assertThatThrownBy(() -> Chunks.put(store, Chunks.id(2), LENGTH))
        .isInstanceOf(DiskException.class);
    assertThat(store.failures()).singleElement().asString().contains("Read-only");
    assertThat(recheck(store)).isFalse();
    Chunks.check(store, Chunks.id(1), LENGTH);
    one.readOnly(false);
    assertThat(recheck(store)).isTrue();
    assertThat(store.failures()).isEmpty();
    Chunks.put(store, Chunks.id(2), LENGTH);
    assertThat(store.drop(Chunks.id(1))).isTrue();
    var again = open(one.afterPowerFailure(new Random(1)));
    assertThat(again.names(null, 10)).containsExactly(Chunks.id(2));
    Chunks.check(again, Chunks.id(2), LENGTH);
  }

  @Test
  void after_a_failed_sync_what_was_under_way_has_failed_and_later_chunks_go_elsewhere() {
    var store = open(one);
    Chunks.put(store, Chunks.id(1), LENGTH);
    var early = store.open(Chunks.id(2), 3, Chunks.OWNER);
    early.write(ByteBuffer.wrap(new byte[3]));
    one.failSyncs(true);
    assertThatThrownBy(() -> Chunks.put(store, Chunks.id(3), LENGTH))
        .isInstanceOf(DiskException.class);
    one.failSyncs(false);
    assertThat(recheck(store)).isTrue();
    // The failed sync may have lost its bytes.
    assertThatThrownBy(early::commit).isInstanceOf(DiskException.class);
    assertThat(store.failures()).isEmpty();
    Chunks.put(store, Chunks.id(4), LENGTH);
    var again = open(one.afterPowerFailure(new Random(3)));
    Chunks.check(again, Chunks.id(1), LENGTH);
    Chunks.check(again, Chunks.id(4), LENGTH);
  }

  @Test
  void what_a_failed_disk_has_is_served_but_does_not_count_and_is_taken_by_another() {
    var store = open(one, other);
    one.usable(2_000_000);
    other.usable(1_000_000);
    Chunks.put(store, Chunks.id(1), LENGTH);
    assertThat(one.files()).anyMatch(Extent::isFileName);
    one.readOnly(true);
    assertThatThrownBy(() -> Chunks.put(store, Chunks.id(2), LENGTH))
        .isInstanceOf(DiskException.class);
    assertThat(store.contains(Chunks.id(1))).isFalse();
    assertThat(store.names(null, 10)).isEmpty();
    Chunks.check(store, Chunks.id(1), LENGTH);
    Chunks.put(store, Chunks.id(1), LENGTH);
    assertThat(other.files()).anyMatch(Extent::isFileName);
    assertThat(store.names(null, 10)).containsExactly(Chunks.id(1));
    one.readOnly(false);
    assertThat(recheck(store)).isTrue();
    var again = open(one.afterPowerFailure(new Random(1)), other.afterPowerFailure(new Random(1)));
    Chunks.check(again, Chunks.id(1), LENGTH);
    assertThat(again.drop(Chunks.id(1))).isTrue();
    assertThat(again.names(null, 10)).isEmpty();
    assertThat(again.usage().liveBytes()).isZero();
  }

  @Test
  void a_node_whose_only_disk_has_failed_still_holds_what_it_has() {
    var store = open(one);
    Chunks.put(store, Chunks.id(1), LENGTH);
    one.readOnly(true);
    assertThatThrownBy(() -> store.drop(Chunks.id(1))).isInstanceOf(DiskException.class);
    Chunks.put(open(other), Chunks.id(1), LENGTH);
    assertThat(store.failures()).hasSize(1);
  }

  @Test
  void wherever_one_write_fails_the_store_recovers_with_everything_acknowledged() {
    for (long at = 0; at < 150; at++) {
      var disk = new SimulatedDisk();
      var store = open(disk);
      var client = new StoreClient(at);
      disk.failChangeAfter(at, SimulatedDisk.Fault.EIO);
      for (int round = 0; round < 3; round++) {
        try {
          client.work(store, 12, 1, () -> store.compactions().getFirst().step());
        } catch (DiskException e) {
          assertThat(store.failures().isEmpty() || recheck(store)).isTrue();
        }
      }
      assertThat(store.failures()).isEmpty();
      client.check(store);
      client.check(open(disk.afterPowerFailure(new Random(at))));
    }
  }

  @Test
  void every_index_can_be_made_anew_from_the_records() {
    var store = open(one);
    var client = new StoreClient(7);
    client.work(store, 40);
    store.close();
    var disks = List.<Disk>of(one);
    var again = ExtentStore.on(disks, SETTINGS, Chunks.TIME, Chunks.randomness(1), true);
    client.check(again);
    assertThat(again.names(null, 1000)).containsExactlyElementsOf(client.acknowledged.keySet());
    var found = again.recovered();
    assertThat(found.rebuilt()).isEqualTo(found.extents()).isGreaterThan(3);
    assertThat(found.setAside()).isZero();
    again.close();
    assertThat(open(one).recovered().rebuilt()).isZero();
  }
}
