package rondo.server.accesslog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;

/**
 * A file of lines. Once it has so many bytes it becomes {@code FILE.1}, the one before {@code
 * FILE.2}, and so on; the last is deleted. A file that somebody has moved away is begun anew within
 * a second. Used by one thread.
 */
final class RotatingFile implements LineSink {
  private static final int BUFFER = 64 * 1024;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private final long mostBytes;
  private final int files;
  private final Time time;
  private @Nullable OutputStream out;
  private long bytes;
  private long lookedNanos;

  /**
   * @param files how many older files are kept; 0: the file is emptied when it is large
   */
  RotatingFile(Path path, long mostBytes, int files, Time time) {
    this.path = path;
    this.mostBytes = mostBytes;
    this.files = files;
    this.time = time;
  }

  @Override
  public void write(byte[] line) throws IOException {
    if (out != null && bytes > 0 && bytes + line.length > mostBytes) {
      close();
      rotate();
    }
    opened().write(line);
    bytes += line.length;
  }

  @Override
  public void flush() throws IOException {
    if (out == null) {
      return;
    }
    out.flush();
    long now = time.nanos();
    if (now - lookedNanos >= LOOK_NANOS) {
      lookedNanos = now;
      if (!Files.exists(path)) {
        close();
      }
    }
  }

  private OutputStream opened() throws IOException {
    OutputStream open = out;
    if (open == null) {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      open =
          new BufferedOutputStream(
              Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              BUFFER);
      out = open;
      bytes = Files.size(path);
    }
    return open;
  }

  private void rotate() throws IOException {
    if (files == 0) {
      Files.deleteIfExists(path);
      return;
    }
    for (int i = files - 1; i >= 1; i--) {
      if (Files.exists(aside(i))) {
        Files.move(aside(i), aside(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(path, aside(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path aside(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  @Override
  public void close() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try (open) {
        open.flush();
      } catch (IOException e) {
        return; // The lines in its buffer are lost, as the writer has counted or will see.
      }
    }
  }
}
