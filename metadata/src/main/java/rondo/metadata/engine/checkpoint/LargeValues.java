package rondo.metadata.engine.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.ring.value.Bytes;

/**
 * The large values of a checkpoint, which are kept apart from its table; each is verified when it
 * is read. Thread-safe.
 */
final class LargeValues implements Closeable {
  private final String name;

  /** Null when the file is missing. */
  private final @Nullable DiskFile file;

  private LargeValues(String name, @Nullable DiskFile file) {
    this.name = name;
    this.file = file;
  }

  static LargeValues open(CheckpointFiles files) throws IOException {
    String name = files.path(files.values());
    return new LargeValues(name, CheckpointFiles.openIfThere(files.disk(), files.values()));
  }

  /** Returns the file's length in bytes; -1 when it is missing. */
  long bytes() throws IOException {
    return file == null ? -1 : file.size();
  }

  /**
   * Reads the value at a pointer, and leaves {@code pointer} behind it.
   *
   * @throws DamageException when the value can't be read or has the wrong checksum
   */
  Bytes read(ByteBuffer pointer) {
    if (file == null) {
      throw new DamageException(name + " is missing");
    }
    long offset = pointer.getLong();
    var value = new byte[pointer.getInt()];
    try {
      file.read(ByteBuffer.wrap(value), offset);
    } catch (IOException e) {
      throw new DamageException("can't read " + name + ": " + e.getMessage(), e);
    }
    if (CheckpointFiles.crc(ByteBuffer.wrap(value)) != pointer.getInt()) {
      throw new DamageException("%s is damaged at offset %d".formatted(name, offset));
    }
    return Bytes.wrap(value);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
