package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.disk.SimulatedDisk;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.LostRangeSet;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.WholeFile;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.ring.value.Bytes;

/** Damages the manifest, of which there are two copies. */
final class RottenManifestTest {
  private static final int ROWS = 200;

  /** Several checkpoints and a log. */
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.FSYNC, 2000, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);

  private static final List<String> COPIES = List.of(ManifestFiles.NAME, ManifestFiles.COPY);
  private static final LostRange LOST = new LostRange(Bytes.utf8("a"), Bytes.utf8("b"), 7);

  static void flip(SimulatedDisk disk, String name, Random random) throws IOException {
    try (DiskFile file = disk.open(name)) {
      flip(file, random.nextInt((int) file.size()), 1 << random.nextInt(8));
    }
  }

  private static void flip(DiskFile file, long at, int bits) throws IOException {
    var one = ByteBuffer.allocate(1);
    file.read(one, at);
    file.write(one.put(0, (byte) (one.get(0) ^ bits)).rewind(), at);
    file.sync();
  }

  private static SimulatedDisk filled() {
    var disk = new SimulatedDisk();
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      for (int i = 0; i < ROWS; i++) {
        engine.write(List.of(new Engine.Change(key(i), key(i))));
      }
    }
    return disk;
  }

  private static Bytes key(int i) {
    return Bytes.utf8("key" + i);
  }

  private static void checkAll(Engine engine) {
    assertThat(engine.isWhole()).isTrue();
    for (int i = 0; i < ROWS; i++) {
      assertThat(engine.get(key(i))).isNotNull();
    }
  }

  private static ByteBuffer bytes(SimulatedDisk disk, String name) throws IOException {
    return WholeFile.read(disk, name);
  }

  @Test
  void a_flipped_bit_in_any_byte_of_a_copy_is_found_at_a_start_and_costs_nothing()
      throws IOException {
    SimulatedDisk disk = filled();
    for (String name : COPIES) {
      for (int at = 0; at < bytes(disk, name).limit(); at++) {
        try (DiskFile file = disk.open(name)) {
          flip(file, at, 1 << at % 8);
        }
        try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
          checkAll(engine);
          assertThat(engine.counters().damaged().sum()).isEqualTo(1);
        }
        assertThat(bytes(disk, COPIES.getFirst())).isEqualTo(bytes(disk, COPIES.getLast()));
      }
    }
  }

  @Test
  void a_copy_that_is_missing_or_older_is_written_anew() throws IOException {
    SimulatedDisk disk = filled();
    for (String name : COPIES) {
      ByteBuffer older = bytes(disk, name);
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        engine.markRepaired(Bytes.EMPTY, null);
      }
      disk.delete(name);
      try (DiskFile file = disk.create(name)) {
        file.write(older, 0);
        file.sync();
      }
      ByteBuffer newest = bytes(disk, COPIES.get(1 - COPIES.indexOf(name)));
      LogEngine.open(disk, OPTIONS, new TickingTime()).close();
      assertThat(bytes(disk, name)).isEqualTo(newest);
      disk.delete(name);
      LogEngine.open(disk, OPTIONS, new TickingTime()).close();
      assertThat(bytes(disk, name)).isEqualTo(newest);
    }
  }

  @Test
  void damage_to_both_copies_is_told() throws IOException {
    SimulatedDisk disk = filled();
    for (String name : COPIES) {
      flip(disk, name, new Random(3));
    }
    assertThatThrownBy(() -> LogEngine.open(disk, OPTIONS, new TickingTime()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("manifest")
        .hasMessageContaining("is damaged: restore this folder");
  }

  /** Encodes a manifest as earlier versions of Rondo did, in one copy. */
  private static ByteBuffer old(int version) {
    var bytes = ByteBuffer.allocate(200).putLong(0x524f4e444f4d414eL).putInt(version);
    bytes.putLong(5).putLong(9).putInt(2);
    for (long id : new long[] {8, 3}) {
      if (version > 1) {
        bytes.putInt(1);
      }
      bytes.putLong(id);
    }
    if (version > 2) {
      bytes.putInt(1).putLong(7).putInt(1).put((byte) 'a').put((byte) 1).putInt(1).put((byte) 'b');
    }
    return bytes.putInt(CheckpointFiles.crc(bytes.duplicate().flip())).flip();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void what_older_versions_wrote_is_read_and_gets_its_copy(int version) throws IOException {
    var disk = new SimulatedDisk();
    try (DiskFile file = disk.create(ManifestFiles.NAME)) {
      file.write(old(version), 0);
    }
    LostRangeSet lostRanges = version > 2 ? new LostRangeSet(List.of(LOST)) : LostRangeSet.NONE;
    var expected = new Manifest(0, 5, 9, List.of(List.of(8L), List.of(3L)), lostRanges);
    for (int start = 0; start < 2; start++) {
      assertThat(ManifestFiles.read(disk, new EngineCounters())).isEqualTo(expected);
    }
    assertThat(disk.names()).containsExactlyElementsOf(COPIES);
  }

  @Test
  void a_newer_format_is_left_alone() throws IOException {
    SimulatedDisk disk = filled();
    ByteBuffer newer = bytes(disk, ManifestFiles.NAME);
    newer.putInt(8, 99);
    int end = newer.limit() - 4;
    newer.putInt(end, CheckpointFiles.crc(newer.slice(0, end)));
    try (DiskFile file = disk.open(ManifestFiles.NAME)) {
      file.write(newer, 0);
    }
    assertThatThrownBy(() -> LogEngine.open(disk, OPTIONS, new TickingTime()))
        .hasMessageContaining("newer version");
  }

  @Test
  void a_copy_that_cannot_be_written_anew_is_told_until_it_could_be() throws IOException {
    int failed = 0;
    var disk = new SimulatedDisk();
    try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
      for (int at = 0; at < 10; at++) {
        flip(disk, ManifestFiles.COPY, new Random(at));
        disk.failAfter(at, SimulatedDisk.Fault.EIO);
        boolean mended =
            engine.verify(Engine.Pace.UNLIMITED).damaged().stream()
                .noneMatch(damage -> damage.contains("can't be mended"));
        assertThat(engine.isWhole()).as("an error at %d", at).isEqualTo(mended);
        failed += mended ? 0 : 1;
        engine.verify(Engine.Pace.UNLIMITED);
        assertThat(engine.isWhole()).isTrue();
      }
    }
    assertThat(failed).isEqualTo(6);
  }

  @Test
  void a_copy_that_rots_while_the_engine_runs_is_found_and_written_anew() throws IOException {
    SimulatedDisk disk = filled();
    for (String name : COPIES) {
      try (var engine = LogEngine.open(disk, OPTIONS, new TickingTime())) {
        ByteBuffer whole = bytes(disk, name);
        flip(disk, name, new Random(5));
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged())
            .singleElement()
            .asString()
            .contains(name, "written anew");
        assertThat(bytes(disk, name)).isEqualTo(whole);
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
        checkAll(engine);
      }
    }
  }
}
