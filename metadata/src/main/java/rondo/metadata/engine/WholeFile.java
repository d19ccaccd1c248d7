package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;

/** Reads a small file as a whole. */
public final class WholeFile {
  private WholeFile() {}

  public static ByteBuffer read(Disk disk, String name) throws IOException {
    try (DiskFile file = disk.open(name)) {
      return read(file);
    }
  }

  public static ByteBuffer read(DiskFile file) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
    file.read(bytes, 0);
    return bytes.flip();
  }
}
