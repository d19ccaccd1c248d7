package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;

/**
 * What an engine's folder holds; other checkpoints and older segments in it are leftovers. Replaced
 * as a whole. All integers are big-endian.
 *
 * <pre>
 *   manifest = "RONDOMAN" version:4 floor:8 nextId:8 runs:4 run* crc:4       CRC32C of the rest
 *   run      = checkpoints:4 id:8*                                           in order of their keys
 * </pre>
 *
 * @param floor the oldest segment of the log that is replayed
 * @param nextId larger than that of any checkpoint that was ever named here
 * @param runs newest first
 */
record Manifest(long floor, long nextId, List<List<Long>> runs) {
  static final String NAME = "manifest";
  static final String NEXT = "manifest.next";

  private static final long MAGIC = 0x524f4e444f4d414eL; // "RONDOMAN"
  private static final int VERSION = 2;
  private static final int HEAD_BYTES = 32;

  Manifest {
    runs = List.copyOf(runs);
  }

  boolean names(long checkpoint) {
    return runs.stream().anyMatch(run -> run.contains(checkpoint));
  }

  /** The folder's manifest; null when it has none. */
  static @Nullable Manifest read(Disk disk) throws IOException {
    String file = disk.path() + "/" + NAME;
    if (!disk.names().contains(NAME)) {
      return null;
    }
    ByteBuffer bytes = WholeFile.read(disk, NAME);
    if (bytes.limit() < HEAD_BYTES + 4 || bytes.getLong() != MAGIC) {
      throw CheckpointFiles.damaged(file);
    }
    int version = bytes.getInt();
    if (version > VERSION) {
      throw new EngineException(file + " was written by a newer version of Rondo: start that one");
    }
    int end = bytes.limit() - 4;
    if (bytes.getInt(end) != CheckpointFiles.crc(bytes.slice(0, end))) {
      throw CheckpointFiles.damaged(file);
    }
    return version == VERSION ? decode(bytes) : decodeFirst(bytes);
  }

  private static Manifest decode(ByteBuffer bytes) {
    long floor = bytes.getLong();
    long nextId = bytes.getLong();
    int count = bytes.getInt();
    var runs = new ArrayList<List<Long>>();
    for (int i = 0; i < count; i++) {
      runs.add(ids(bytes));
    }
    return new Manifest(floor, nextId, runs);
  }

  /** Version 1 had checkpoints where runs are now. */
  private static Manifest decodeFirst(ByteBuffer bytes) {
    return new Manifest(
        bytes.getLong(), bytes.getLong(), ids(bytes).stream().map(List::of).toList());
  }

  private static List<Long> ids(ByteBuffer bytes) {
    int count = bytes.getInt();
    return Stream.generate(bytes::getLong).limit(count).toList();
  }

  private ByteBuffer encode() {
    int ids = runs.stream().mapToInt(run -> Integer.BYTES + Long.BYTES * run.size()).sum();
    var bytes = ByteBuffer.allocate(HEAD_BYTES + ids + 4);
    bytes.putLong(MAGIC).putInt(VERSION).putLong(floor).putLong(nextId).putInt(runs.size());
    for (List<Long> run : runs) {
      bytes.putInt(run.size());
      run.forEach(bytes::putLong);
    }
    return bytes.putInt(CheckpointFiles.crc(bytes.duplicate().flip())).flip();
  }

  /** Returns when this is the folder's manifest, on stable storage. */
  void write(Disk disk) throws IOException {
    disk.delete(NEXT);
    try (DiskFile next = disk.create(NEXT)) {
      next.write(encode(), 0);
      next.sync();
    }
    disk.rename(NEXT, NAME);
    disk.syncNames();
  }
}
