package rondo.storage.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.value.NodeId;

final class PrivateFolderTest {
  private static final DataFolder.Identity OWN =
      new DataFolder.Identity(new NodeId(0x1234), "cluster-a");

  @TempDir Path temporary = Path.of("");

  @Test
  void a_new_folder_is_its_owners_alone() throws IOException {
    Path folder = temporary.resolve("above/data");
    DataFolder.open(folder, OWN).close();
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(temporary.resolve("above"))).isEqualTo("rwx------");
    assertThat(PrivateFolder.isPrivate(folder)).isTrue();
  }

  @Test
  void an_old_folder_is_mended_when_it_is_opened() throws IOException {
    Path folder = temporary.resolve("data");
    DataFolder.open(folder, OWN).close();
    Path metadata = Files.createDirectories(folder.resolve("metadata/deep"));
    Path log = Files.writeString(metadata.resolve("1.log"), "secrets");
    Path readOnly = Files.writeString(metadata.resolve("2.checkpoint"), "more");
    set(folder, "rwxr-xr-x");
    set(metadata, "rwxr-xr-x");
    set(log, "rw-rw-r--");
    set(readOnly, "r--r--r--");
    assertThat(PrivateFolder.isPrivate(folder)).isFalse();

    DataFolder.open(folder, OWN).close();
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(metadata)).isEqualTo("rwx------");
    assertThat(mode(log)).isEqualTo("rw-------");
    assertThat(mode(readOnly)).isEqualTo("r--------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void set(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
