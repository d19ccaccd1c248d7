package rondo.server.backup.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder that the node sees, such as a mounted disk or a network share. It must exist: a disk
 * that isn't mounted is not to be mistaken for an empty one. Thread-safe.
 */
public final class FolderTarget implements BackupTarget {
  private static final String PART = ".part";

  private final Path folder;
  private final AtomicLong parts = new AtomicLong();

  /**
   * @throws BackupException when the folder doesn't exist
   */
  public FolderTarget(Path folder) {
    this.folder = folder;
    if (!folder.isAbsolute()) {
      throw new BackupException(
          "name the folder by its whole path, as the node sees it: " + folder);
    }
    check();
  }

  private void check() {
    if (!Files.isDirectory(folder)) {
      throw new BackupException(
          "there is no folder %s on this node: make it, or mount its disk".formatted(folder));
    }
  }

  @Override
  public void write(String name, byte[] content) {
    check();
    Path file = folder.resolve(name);
    Path part = file.resolveSibling(file.getFileName() + "." + parts.incrementAndGet() + PART);
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      forget(part);
      throw failed("can't write", file, e);
    }
  }

  private static void forget(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException _) {
      // A part is no file of the backup; a disk that has failed keeps it.
    }
  }

  @Override
  public byte @Nullable [] read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      check();
      return null;
    } catch (IOException e) {
      throw failed("can't read", file, e);
    }
  }

  @Override
  public List<Stored> find(String prefix) {
    int slash = prefix.lastIndexOf('/') + 1;
    Path in = folder.resolve(prefix.substring(0, slash));
    String begin = prefix.substring(slash);
    var found = new ArrayList<Stored>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(in, file -> isWhole(file.getFileName().toString(), begin))) {
      for (Path file : files) {
        found.add(new Stored(prefix.substring(0, slash) + file.getFileName(), Files.size(file)));
      }
      return found;
    } catch (NoSuchFileException | NotDirectoryException _) {
      check();
      return List.of();
    } catch (IOException e) {
      throw failed("can't read", in, e);
    }
  }

  private static boolean isWhole(String name, String begin) {
    return name.startsWith(begin) && !name.endsWith(PART);
  }

  @Override
  public List<String> folders(String name) {
    Path in = folder.resolve(name);
    var found = new ArrayList<String>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(in, Files::isDirectory)) {
      all.forEach(one -> found.add(one.getFileName().toString()));
      return found;
    } catch (NoSuchFileException _) {
      check();
      return List.of();
    } catch (IOException e) {
      throw failed("can't read", in, e);
    }
  }

  private static BackupException failed(String what, Path file, IOException e) {
    String why =
        e.getMessage() == null || e.getMessage().equals(file.toString())
            ? e.getClass().getSimpleName()
            : e.getMessage();
    return new BackupException("%s %s: %s".formatted(what, file, why), e);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
