package rondo.server.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Asks about folders and the disks that they are on. */
public interface DiskProbe {
  /** The operating system's answers. */
  DiskProbe SYSTEM =
      new DiskProbe() {
        @Override
        public String diskOf(Path folder) throws IOException {
          FileStore store = Files.getFileStore(folder);
          return store + " " + store.getTotalSpace();
        }

        @Override
        public long freeBytes(Path folder) throws IOException {
          return Files.getFileStore(folder).getUsableSpace();
        }

        @Override
        public long bytesIn(Path folder) throws IOException {
          try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(DiskProbe::size).sum();
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        }
      };

  /** A name of the folder's disk, the same for all folders on it. */
  String diskOf(Path folder) throws IOException;

  /** The bytes that may still be written to the folder's disk. */
  long freeBytes(Path folder) throws IOException;

  /** The bytes of all files in the folder. */
  long bytesIn(Path folder) throws IOException;

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0; // It was removed meanwhile.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
