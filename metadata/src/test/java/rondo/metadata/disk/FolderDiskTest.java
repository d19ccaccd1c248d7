package rondo.metadata.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderDiskTest extends DiskContract {
  @TempDir private Path folder;

  @Override
  Disk open() throws IOException {
    return FolderDisk.open(folder.resolve("made"));
  }

  @Test
  void a_folder_is_open_once_and_again_when_it_was_closed() throws IOException {
    Path here = folder.resolve("here");
    try (var disk = FolderDisk.open(here)) {
      assertThat(disk.path()).isEqualTo(here.toString());
      assertThatThrownBy(() -> FolderDisk.open(here))
          .isInstanceOf(FolderInUseException.class)
          .hasMessage(here + " is in use by another process");
    }
    FolderDisk.open(here).close();
  }
}
