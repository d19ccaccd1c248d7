package rondo.metadata.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The contract, and the faults: synced bytes and names stay, and anything may happen to the others.
 */
final class SimulatedDiskTest extends DiskContract {
  private static final int SEEDS = 200;

  @Override
  Disk open() {
    return new SimulatedDisk();
  }

  private static void write(DiskFile file, String text, long position) throws IOException {
    file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
  }

  private static String content(SimulatedDisk disk, String name) throws IOException {
    try (DiskFile file = disk.open(name)) {
      var into = ByteBuffer.allocate(disk.size(name));
      file.read(into, 0);
      return new String(into.array(), StandardCharsets.UTF_8);
    }
  }

  /** Returns a disk with the file {@code a}, in which {@code text} is durable. */
  private static SimulatedDisk with(String text) throws IOException {
    var disk = new SimulatedDisk();
    try (DiskFile file = disk.create("a")) {
      write(file, text, 0);
      file.sync();
    }
    disk.syncNames();
    return disk;
  }

  @Test
  void bytes_that_were_synced_stay_and_others_come_sector_by_sector() throws IOException {
    var found = new TreeSet<String>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = with("old ");
      try (DiskFile file = disk.open("a")) {
        write(file, "x".repeat(512) + "y".repeat(512), 4);
      }
      String after = content(disk.afterPowerFailure(new Random(seed)), "a");
      assertThat(after).startsWith("old ");
      found.add(after.replace("x".repeat(512), "x").replace("y".repeat(512), "y"));
    }
    assertThat(found).containsExactly("old ", "old " + "\0".repeat(512) + "y", "old x", "old xy");
  }

  @Test
  void names_that_were_not_synced_come_each_for_itself() throws IOException {
    var found = new TreeSet<String>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = with("");
      disk.create("b").close();
      disk.rename("a", "c");
      found.add(disk.afterPowerFailure(new Random(seed)).names().toString());
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "[a]", "[a, b]", "[a, c]", "[a, b, c]", "[b]", "[c]", "[b, c]", "[]");
  }

  @Test
  void a_dead_disk_does_nothing() throws IOException {
    SimulatedDisk disk = with("here");
    DiskFile file = disk.open("a");
    disk.failChangeAfter(0, SimulatedDisk.Fault.POWER);
    assertThatThrownBy(() -> write(file, "lost", 0)).hasMessageContaining("the power failed");
    assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0)).hasMessage("no power");
    assertThatThrownBy(file::sync).hasMessage("no power");
    assertThatThrownBy(file::size).hasMessage("no power");
    assertThatThrownBy(disk::names).hasMessage("no power");
  }

  @Test
  void what_a_failed_sync_has_forgotten_no_later_sync_makes_durable() throws IOException {
    var found = new TreeSet<String>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = with("old");
      try (DiskFile file = disk.open("a")) {
        write(file, "new", 0);
        disk.failSyncs(true);
        assertThatThrownBy(file::sync).hasMessageContaining("Input/output error");
        disk.failSyncs(false);
        assertThat(content(disk, "a")).isEqualTo("new");
        write(file, "+", 3);
        file.sync();
      }
      found.add(content(disk.afterPowerFailure(new Random(seed)), "a"));
    }
    assertThat(found).containsExactly("new+", "old+");
  }

  @Test
  void a_write_that_fails_has_written_half() throws IOException {
    SimulatedDisk disk = with("");
    try (DiskFile file = disk.open("a")) {
      disk.failChangeAfter(0, SimulatedDisk.Fault.EIO);
      assertThatThrownBy(() -> write(file, "0123", 0)).hasMessageContaining("Input/output error");
      file.sync();
    }
    assertThat(content(disk, "a")).isEqualTo("01");
  }

  @Test
  void a_full_disk_can_be_read_and_emptied() throws IOException {
    SimulatedDisk disk = with("here");
    disk.failAfter(0, SimulatedDisk.Fault.ENOSPC);
    assertThatThrownBy(() -> disk.create("b")).hasMessage("No space left on device");
    try (DiskFile file = disk.open("a")) {
      assertThatThrownBy(() -> write(file, "more", 0)).hasMessage("No space left on device");
    }
    assertThat(content(disk, "a")).isEqualTo("here");
    disk.delete("a");
    disk.syncNames();
    assertThat(disk.files()).isEmpty();
  }

  @Test
  void a_read_only_file_system_is_left_as_it_is() throws IOException {
    SimulatedDisk disk = with("here");
    disk.readOnly(true);
    assertThatThrownBy(() -> disk.openOrCreate("b")).hasMessage("Read-only file system");
    assertThatThrownBy(() -> disk.delete("a")).hasMessage("Read-only file system");
    try (DiskFile file = disk.openOrCreate("a")) {
      assertThatThrownBy(() -> write(file, "more", 0)).hasMessage("Read-only file system");
    }
    disk.readOnly(false);
    assertThat(content(disk, "a")).isEqualTo("here");
    assertThat(disk.files()).containsExactly("a");
  }

  @Test
  void files_that_can_not_be_read_come_back_with_the_next_names() throws IOException {
    SimulatedDisk disk = with("here");
    disk.failReads(name -> name.equals("a"));
    disk.syncNames();
    assertThatThrownBy(() -> content(disk, "a")).hasMessageContaining("Input/output error");
    disk.failReadsForAWhile(name -> name.equals("a"));
    assertThatThrownBy(() -> content(disk, "a")).hasMessageContaining("Input/output error");
    disk.syncNames();
    assertThat(content(disk, "a")).isEqualTo("here");
  }

  @Test
  void a_sync_may_be_left_out_and_a_bit_may_flip() throws IOException {
    var disk = new SimulatedDisk(operation -> operation.equals("sync a"));
    try (DiskFile file = disk.create("a")) {
      write(file, "0", 0);
      file.sync();
    }
    disk.syncNames();
    var found = new TreeSet<String>();
    for (int seed = 0; seed < SEEDS; seed++) {
      found.add(content(disk.afterPowerFailure(new Random(seed)), "a"));
    }
    assertThat(found).containsExactly("", "0");
    SimulatedDisk other = with("0");
    other.flip("a", 0, 0);
    assertThat(content(other.afterPowerFailure(new Random(1)), "a")).isEqualTo("1");
  }
}
