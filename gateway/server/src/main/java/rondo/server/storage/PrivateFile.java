package rondo.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import rondo.server.config.StartException;

/** Small files that only their owner may read (mode 0600). */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Writes the whole text or nothing.
   *
   * @throws StartException when that fails
   */
  public static void write(Path file, String text) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartException("can't write " + file + ": " + e, e);
    }
  }

  /** Reads the text; empty when there is no such file. */
  public static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new StartException("can't read " + file + ": " + e, e);
    }
  }
}
