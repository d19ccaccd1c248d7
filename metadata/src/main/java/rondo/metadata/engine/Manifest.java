package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an engine's folder holds; other checkpoints and older segments in it are leftovers. Replaced
 * as a whole. All integers are big-endian.
 *
 * <pre>
 *   manifest = "RONDOMAN" version:4 floor:8 nextId:8 count:4 id:8* crc:4     CRC32C of the rest
 * </pre>
 *
 * @param floor the oldest segment of the log that is replayed
 * @param nextId larger than that of any checkpoint that was ever named here
 * @param checkpoints newest first
 */
record Manifest(long floor, long nextId, List<Long> checkpoints) {
  static final String NAME = "manifest";

  private static final long MAGIC = 0x524f4e444f4d414eL; // "RONDOMAN"
  private static final int VERSION = 1;
  private static final int HEAD_BYTES = 32;

  Manifest {
    checkpoints = List.copyOf(checkpoints);
  }

  /** The folder's manifest; null when it has none. */
  static @Nullable Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    }
    if (bytes.limit() < HEAD_BYTES + 4 || bytes.getLong() != MAGIC) {
      throw CheckpointFiles.damaged(file);
    }
    if (bytes.getInt() > VERSION) {
      throw new EngineException(file + " was written by a newer version of Rondo: start that one");
    }
    int end = bytes.limit() - 4;
    if (bytes.getInt(end) != CheckpointFiles.crc(bytes.slice(0, end))) {
      throw CheckpointFiles.damaged(file);
    }
    long floor = bytes.getLong();
    long nextId = bytes.getLong();
    int count = bytes.getInt();
    return new Manifest(floor, nextId, Stream.generate(bytes::getLong).limit(count).toList());
  }

  /** Returns when this is the folder's manifest, on stable storage. */
  void write(Path folder) throws IOException {
    var bytes = ByteBuffer.allocate(HEAD_BYTES + 8 * checkpoints.size() + 4);
    bytes.putLong(MAGIC).putInt(VERSION).putLong(floor).putLong(nextId);
    bytes.putInt(checkpoints.size());
    checkpoints.forEach(bytes::putLong);
    bytes.putInt(CheckpointFiles.crc(bytes.duplicate().flip())).flip();
    Path next = folder.resolve(NAME + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        next,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Folders.sync(folder);
  }
}
