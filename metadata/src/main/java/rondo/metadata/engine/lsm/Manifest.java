package rondo.metadata.engine.lsm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRangeSet;
import rondo.metadata.engine.block.CheckpointFiles;

/**
 * The checkpoints and the log that make up an engine's contents; other checkpoints and older
 * segments in its folder are leftovers. Replaced as a whole. All integers are big-endian.
 *
 * <pre>
 *   manifest = "RONDOMAN" version:4 generation:8 floor:8 nextId:8 runs:4 run* ranges crc:4
 *   run      = checkpoints:4 id:8*                                 in order of their keys
 *   ranges                                                         of {@link LostRangeSet}
 * </pre>
 *
 * The last four bytes are the CRC32C of the rest, in all versions. Version 3 had no generation,
 * version 2 no lost ranges. {@link ManifestFiles} keeps two copies of it.
 *
 * @param generation larger than that of every manifest written before
 * @param floor the oldest segment of the log that is replayed
 * @param nextId larger than the id of every checkpoint that a manifest has ever named
 * @param runs newest first
 * @param lostRanges the ranges whose rows are lost and not yet back
 */
record Manifest(
    long generation, long floor, long nextId, List<List<Long>> runs, LostRangeSet lostRanges) {
  private static final long MAGIC = 0x524f4e444f4d414eL; // "RONDOMAN"
  private static final int VERSION = 4;
  private static final int WITHOUT_GENERATION = 3;
  private static final int WITHOUT_LOST_RANGES = 2;
  private static final int HEAD_BYTES = 40;
  private static final int LEAST_BYTES = 36;

  Manifest {
    runs = List.copyOf(runs);
  }

  boolean names(long checkpoint) {
    return runs.stream().anyMatch(run -> run.contains(checkpoint));
  }

  /**
   * Decodes a manifest.
   *
   * @param file its name, for messages
   * @throws DamageException when the checksum is wrong
   * @throws EngineException when a newer version of Rondo wrote the manifest
   */
  static Manifest decode(String file, ByteBuffer bytes) {
    int end = bytes.limit() - 4;
    if (bytes.limit() < LEAST_BYTES
        || bytes.getLong() != MAGIC
        || bytes.getInt(end) != CheckpointFiles.crc(bytes.slice(0, end))) {
      throw CheckpointFiles.damaged(file);
    }
    int version = bytes.getInt();
    if (version > VERSION) {
      throw new EngineException(file + " was written by a newer version of Rondo: start that one");
    }
    return version < WITHOUT_LOST_RANGES ? decodeFirst(bytes) : decode(bytes, version);
  }

  private static Manifest decode(ByteBuffer bytes, int version) {
    long generation = version > WITHOUT_GENERATION ? bytes.getLong() : 0;
    long floor = bytes.getLong();
    long nextId = bytes.getLong();
    int count = bytes.getInt();
    var runs = new ArrayList<List<Long>>();
    for (int i = 0; i < count; i++) {
      runs.add(ids(bytes));
    }
    LostRangeSet lostRanges =
        version == WITHOUT_LOST_RANGES ? LostRangeSet.NONE : LostRangeSet.read(bytes);
    return new Manifest(generation, floor, nextId, runs, lostRanges);
  }

  /** Decodes version 1, which had checkpoints in the place of runs. */
  private static Manifest decodeFirst(ByteBuffer bytes) {
    long floor = bytes.getLong();
    long nextId = bytes.getLong();
    List<List<Long>> runs = ids(bytes).stream().map(List::of).toList();
    return new Manifest(0, floor, nextId, runs, LostRangeSet.NONE);
  }

  private static List<Long> ids(ByteBuffer bytes) {
    int count = bytes.getInt();
    return Stream.generate(bytes::getLong).limit(count).toList();
  }

  ByteBuffer encode() {
    int ids = runs.stream().mapToInt(run -> Integer.BYTES + Long.BYTES * run.size()).sum();
    var bytes = ByteBuffer.allocate(HEAD_BYTES + ids + lostRanges.bytes() + 4);
    bytes.putLong(MAGIC).putInt(VERSION).putLong(generation);
    bytes.putLong(floor).putLong(nextId).putInt(runs.size());
    for (List<Long> run : runs) {
      bytes.putInt(run.size());
      run.forEach(bytes::putLong);
    }
    lostRanges.write(bytes);
    return bytes.putInt(CheckpointFiles.crc(bytes.duplicate().flip())).flip();
  }
}
