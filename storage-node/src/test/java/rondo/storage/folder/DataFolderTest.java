package rondo.storage.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

final class DataFolderTest {
  private static final DataFolder.Identity OWN =
      new DataFolder.Identity(new NodeId(0x1234), "cluster-a");

  @TempDir private Path temporary;

  private Path path() {
    return temporary.resolve("data");
  }

  @Test
  void a_folder_remembers_whose_it_is() {
    assertThat(DataFolder.identity(path())).isEmpty();
    DataFolder.open(path(), OWN).close();
    assertThat(DataFolder.identity(path())).contains(OWN);
    DataFolder.open(path(), OWN).close();
  }

  @Test
  void a_folder_of_another_cluster_or_node_is_left_alone() {
    DataFolder.open(path(), OWN).close();
    assertThatThrownBy(
            () -> DataFolder.open(path(), new DataFolder.Identity(OWN.node(), "cluster-b")))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("another cluster (cluster-a, this one is cluster-b)");
    assertThatThrownBy(
            () -> DataFolder.open(path(), new DataFolder.Identity(new NodeId(5), "cluster-a")))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("another node (0000000000001234");
  }

  @Test
  void the_values_of_a_closed_folder_refuse_writes() throws IOException {
    var folder = DataFolder.open(path(), OWN);
    var value = folder.value("clock");
    folder.close();
    assertThatThrownBy(() -> value.write(Bytes.utf8("7")))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("its folder is closed");
    try (var files = Files.list(path())) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".value"));
    }
  }

  @Test
  void a_folder_is_open_once() {
    try (var open = DataFolder.open(path(), OWN)) {
      assertThat(open.identity()).isEqualTo(OWN);
      assertThatThrownBy(() -> DataFolder.open(path(), OWN))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("in use by another process");
    }
  }

  @Test
  void a_newer_format_and_a_lost_identity_are_told() throws IOException {
    Files.createDirectories(path());
    var identity = new DurableValue(path().resolve("rondo-folder"));
    identity.write(Bytes.utf8("format=2\nsomething=new\n"));
    assertThatThrownBy(() -> DataFolder.open(path(), OWN)).hasMessageContaining("newer version");
    Files.delete(path().resolve("rondo-folder"));
    Files.createDirectories(path().resolve("metadata"));
    assertThatThrownBy(() -> DataFolder.open(path(), OWN))
        .hasMessageContaining("holds metadata but no rondo-folder");
  }

  @Test
  void a_value_is_the_last_one_written_and_a_flipped_bit_is_seen() throws IOException {
    try (var folder = DataFolder.open(path(), OWN)) {
      DurableValue value = folder.value("clock");
      assertThat(value.read()).isEmpty();
      value.write(Bytes.utf8("one"));
      value.write(Bytes.utf8("two"));
      assertThat(folder.value("clock").read()).contains(Bytes.utf8("two"));
    }
    Path file = path().resolve("clock.value");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(() -> new DurableValue(file).read()).isInstanceOf(DiskException.class);
      bytes[i] ^= 1;
    }
  }
}
