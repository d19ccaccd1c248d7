package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.ForeignFolderException;
import rondo.store.system.SystemPorts;

final class KnownFoldersTest {
  private static final DataFolder.Identity OWN = new DataFolder.Identity(new NodeId(7), "cluster");

  @TempDir Path folder = Path.of("");

  private Path path(String name) {
    return folder.resolve(name);
  }

  private KnownFolders open(boolean used) {
    return new KnownFolders(DataFolder.open(path("a"), OWN), used, List.of(path("a"), path("b")));
  }

  private static ExtentStore start(KnownFolders folders) {
    var settings = new ExtentSettings(1 << 20, 0, false);
    return ExtentStore.start(folders.chunks(), settings, SystemPorts.TIME, SystemPorts.CHANCE);
  }

  /** Makes a node that has had chunks in both folders. */
  private void used() {
    try (var folders = open(false);
        var store = start(folders)) {
      assertThat(store.failures()).isEmpty();
    }
  }

  private void hide(String name) throws Exception {
    Files.move(path(name), path(name + ".away"));
  }

  @Test
  void a_folder_that_was_used_and_is_missing_is_left_alone_and_said() throws Exception {
    used();
    hide("b");
    try (var folders = open(true);
        var store = start(folders)) {
      assertThat(store.failures()).singleElement().asString().contains("is empty or missing");
      assertThat(path("b")).doesNotExist();
      put(store);
    }
    Files.createDirectories(path("b"));
    try (var folders = open(true);
        var store = start(folders)) {
      assertThat(store.failures()).hasSize(1);
      assertThat(path("b")).isEmptyDirectory();
    }
  }

  private static void put(ExtentStore store) {
    var id = new ChunkId(Bytes.wrap(new byte[ChunkId.BLOB_BYTES]), 0);
    var writer = store.open(id, 1, Bytes.EMPTY);
    writer.write(ByteBuffer.allocate(1));
    writer.commit();
  }

  @Test
  void a_folder_is_begun_anew_when_somebody_says_so() throws Exception {
    used();
    hide("b");
    Files.createDirectories(path("b"));
    Files.createFile(path("b").resolve(ChunkFolder.NEW));
    try (var folders = open(true);
        var store = start(folders)) {
      assertThat(store.failures()).isEmpty();
      assertThat(path("b").resolve("extents")).isDirectory();
      assertThat(path("b").resolve(ChunkFolder.NEW)).doesNotExist();
    }
  }

  @Test
  void chunks_that_are_missing_beside_their_metadata_are_not_begun_anew() throws Exception {
    used();
    hide("a/extents");
    try (var folders = open(true);
        var store = start(folders)) {
      assertThat(store.failures()).singleElement().asString().contains("bring it back");
    }
    hide("b");
    try (var folders = open(true)) {
      assertThatThrownBy(() -> start(folders)).isInstanceOf(DiskException.class);
    }
  }

  @Test
  void a_folder_of_another_node_stops_the_start() throws Exception {
    used();
    hide("b");
    DataFolder.open(path("b"), new DataFolder.Identity(new NodeId(8), "cluster")).close();
    assertThatThrownBy(() -> open(true))
        .isInstanceOf(ForeignFolderException.class)
        .hasMessageContaining("belongs to another node");
  }

  @Test
  void a_new_folder_has_to_be_one() throws Exception {
    Files.createFile(path("b"));
    assertThatThrownBy(() -> open(false)).isInstanceOf(DiskException.class);
  }
}
