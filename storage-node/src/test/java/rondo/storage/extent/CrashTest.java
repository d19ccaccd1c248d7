package rondo.storage.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.disk.SimulatedDisk;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.ChunkHeader;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentFormat;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;

/** Tests the contents of a store after a power failure at any moment, or after the disk lied. */
@Tag("simulation")
final class CrashTest {
  private static final ExtentSettings SETTINGS = new ExtentSettings(256 * 1024, 0, true);
  private static final int CHUNKS = 40;

  private static ExtentStore open(SimulatedDisk disk, long seed) {
    return ExtentStore.on(List.of(disk), SETTINGS, Chunks.TIME, Chunks.randomness(seed));
  }

  private static long operations(long seed) {
    var disk = new SimulatedDisk();
    new StoreClient(seed).work(open(disk, seed), CHUNKS / 2);
    return disk.changes();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothing_acknowledged_is_lost_wherever_the_power_fails(long seed) {
    long operations = operations(seed);
    assertThat(operations).isGreaterThan(100);
    for (long at = 0; at <= operations; at++) {
      var disk = new SimulatedDisk();
      disk.failChangeAfter(at, SimulatedDisk.Fault.POWER);
      var client = new StoreClient(seed);
      crash(disk, client);
      disk = disk.afterPowerFailure(new Random(seed * 1000 + at));
      // A second failure, while it recovers or works on.
      disk.failChangeAfter(client.random.nextInt(60), SimulatedDisk.Fault.POWER);
      crash(disk, client);
      disk = disk.afterPowerFailure(new Random(seed * 1000 + at + 500));
      client.check(open(disk, at));
    }
  }

  private static void crash(SimulatedDisk disk, StoreClient client) {
    assertThatThrownBy(
            () -> {
              client.work(open(disk, client.random.nextLong()), CHUNKS / 2);
              throw new DiskException("no crash, but the end");
            })
        .isInstanceOf(DiskException.class);
  }

  @Test
  void a_clean_end_is_opened_without_reading_records() {
    var disk = new SimulatedDisk();
    var client = new StoreClient(5);
    var store = open(disk, 5);
    client.work(store, 20);
    store.close();
    var again = open(disk, 6);
    client.check(again);
    assertThat(again.names(null, 1000)).containsExactlyElementsOf(client.acknowledged.keySet());
  }

  @Test
  void every_flipped_bit_is_either_harmless_or_seen() {
    var disk = new SimulatedDisk();
    var ids = List.of(Chunks.id(0), Chunks.id(1), Chunks.id(2));
    var writing = open(disk, 1);
    for (ChunkId id : ids) {
      Chunks.put(writing, id, 70_000);
    }
    var name = disk.files().stream().filter(Extent::isFileName).findFirst().orElseThrow();
    var random = new Random(8);
    for (int i = 0; i < 400; i++) {
      long offset = random.nextInt(disk.size(name));
      int bit = random.nextInt(8);
      disk.flip(name, offset, bit);
      for (ChunkId id : ids) {
        try {
          Chunks.check(writing, id, 70_000);
        } catch (CorruptException e) {
          assertThat(e.file()).isEqualTo(name);
        }
      }
      disk.flip(name, offset, bit);
    }
    ids.forEach(id -> Chunks.check(writing, id, 70_000));
  }

  @Test
  void a_rotten_header_in_an_unsealed_extent_loses_its_own_chunk_only() {
    var disk = new SimulatedDisk();
    var store = open(disk, 1);
    for (int i = 0; i < 3; i++) {
      Chunks.put(store, Chunks.id(i), 50_000);
    }
    var name = disk.files().stream().filter(Extent::isFileName).findFirst().orElseThrow();
    disk.flip(name, ExtentFormat.HEAD_BYTES + 20, 3);
    var again = open(disk.afterPowerFailure(new Random(1)), 2);
    assertThat(again.contains(Chunks.id(0))).isFalse();
    Chunks.check(again, Chunks.id(1), 50_000);
    Chunks.check(again, Chunks.id(2), 50_000);
  }

  @Test
  void a_payload_can_not_pose_as_a_record() {
    var disk = new SimulatedDisk();
    var forged = new ChunkHeader(Chunks.id(9), 100, 0, Chunks.OWNER).encode(12345);
    var store = open(disk, 1);
    var writer = store.open(Chunks.id(1), 4096, Chunks.OWNER);
    writer.write(forged);
    writer.abort();
    Chunks.put(store, Chunks.id(2), 10);
    var again = open(disk.afterPowerFailure(new Random(1)), 2);
    assertThat(again.names(null, 10)).containsExactly(Chunks.id(2));
  }

  @Test
  void a_failed_sync_takes_the_folder_out_of_writing_but_not_of_reading() {
    var disk = new SimulatedDisk();
    var store = open(disk, 1);
    Chunks.put(store, Chunks.id(1), 1000);
    var writer = store.open(Chunks.id(2), 1, Chunks.OWNER);
    writer.write(ByteBuffer.wrap(Chunks.payload(Chunks.id(2), 1)));
    disk.failSyncs(true);
    assertThatThrownBy(writer::commit).isInstanceOf(DiskException.class);
    disk.failSyncs(false);
    assertThat(store.contains(Chunks.id(2))).isFalse();
    assertThatThrownBy(() -> store.open(Chunks.id(3), 1, Chunks.OWNER))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("failed");
    Chunks.check(store, Chunks.id(1), 1000);
  }

  @Test
  void chunks_go_where_there_is_room() {
    var small = new SimulatedDisk();
    var large = new SimulatedDisk();
    var store = ExtentStore.on(List.of(small, large), SETTINGS, Chunks.TIME, Chunks.randomness(1));
    small.usable(1_000_000);
    large.usable(2_000_000);
    Chunks.put(store, Chunks.id(1), 10_000);
    assertThat(large.files()).anyMatch(Extent::isFileName);
    assertThat(small.files()).noneMatch(Extent::isFileName);
    large.usable(0);
    Chunks.put(store, Chunks.id(2), 10_000);
    assertThat(small.files()).anyMatch(Extent::isFileName);
    small.usable(5_000);
    assertThatThrownBy(() -> store.open(Chunks.id(3), 10_000, Chunks.OWNER))
        .isInstanceOf(DiskFullException.class);
  }
}
