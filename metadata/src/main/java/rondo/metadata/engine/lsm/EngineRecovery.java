package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.metadata.engine.log.LogFormat;
import rondo.metadata.engine.log.LogReplay;
import rondo.metadata.engine.log.LogSegments;
import rondo.ring.port.Time;

/**
 * The state that an engine recovers from its folder when it is opened.
 *
 * @param manifest null in a folder that was never used; its lost ranges don't include those of the
 *     log
 * @param runs newest first; their checkpoints are held
 * @param replayed the writes in the log that no checkpoint has
 * @param lastSequence the last sequence number in the log
 * @param nextSegment greater than the number of every segment
 * @param log its segments; those of which something is lost are left as they are, so that each
 *     start finds the loss again until the manifest has it
 */
record EngineRecovery(
    @Nullable Manifest manifest,
    List<CheckpointRun> runs,
    Memtable replayed,
    long lastSequence,
    long nextSegment,
    LogSegments log) {
  private static final Pattern FILE =
      Pattern.compile("(\\d{12})\\.(log|table|values|filter|index|sum)");

  /** Names that a folder without a manifest may have; no empty database begins beside others. */
  private static final Pattern BESIDE =
      Pattern.compile(FILE + "\\.damaged|manifest.*|lost\\+found");

  /**
   * The log of a folder whose first write was never acknowledged holds at most one empty record.
   */
  private static final long UNUSED_LOG_BYTES = 64;

  /**
   * Reads the folder, and deletes files that neither the manifest nor the log needs.
   *
   * @throws EngineException when the manifest is missing or damaged
   */
  static EngineRecovery of(Disk disk, BlockCache cache, Time time) throws IOException {
    var log = new LogSegments(disk);
    Manifest manifest = ManifestFiles.read(disk, cache.counters());
    clean(disk, manifest);
    if (manifest == null) {
      return new EngineRecovery(null, List.of(), new Memtable(1, 0), 0, 1, log);
    }
    var memtable = new Memtable(manifest.floor(), 0);
    var replay = new LogReplay(log, memtable);
    long next = replay(log, manifest.floor(), replay);
    var opened = new RunOpener(disk, cache, time);
    return opened.open(manifest, memtable, replay.lastSequence(), next, log);
  }

  /** Replays all segments from {@code floor} on, and returns the number of the next one. */
  private static long replay(LogSegments log, long floor, LogReplay replay) throws IOException {
    List<String> names = log.disk().names();
    long last = lastSegment(names, floor);
    boolean begun = true;
    for (long segment = floor; segment <= last; segment++) {
      if (names.contains(LogFormat.file(segment))) {
        begun = replay.segment(segment, segment == floor, segment == last);
      } else {
        log.lost(segment);
      }
    }
    return begun ? last + 1 : last;
  }

  /**
   * Returns the last segment; the first one even if it is missing, and the last one even if
   * somebody has set it aside.
   */
  private static long lastSegment(List<String> names, long floor) {
    long last = floor;
    for (String file : names) {
      Matcher name = FILE.matcher(file.replace(CheckpointFiles.ASIDE, ""));
      if (name.matches() && name.group(2).equals("log")) {
        last = Math.max(last, number(name));
      }
    }
    return last;
  }

  private static long number(Matcher name) {
    return Long.parseLong(name.group(1));
  }

  private static void clean(Disk disk, @Nullable Manifest manifest) throws IOException {
    disk.delete(ManifestFiles.NEXT);
    for (String file : disk.names()) {
      Matcher name = FILE.matcher(file);
      if (name.matches() && isLeftOver(disk, file, name, manifest)) {
        if (name.group(2).equals("log")
            && manifest != null
            && !manifest.lostRanges().all().isEmpty()) {
          LogSegments.setAside(disk, file); // It may be damaged.
        } else {
          disk.delete(file);
        }
      } else if (manifest == null && !name.matches() && !BESIDE.matcher(file).matches()) {
        throw new EngineException(
            "%s/%s isn't known to this program: a newer version of it, or another engine, made it"
                .formatted(disk.path(), file));
      }
    }
  }

  private static boolean isLeftOver(
      Disk disk, String file, Matcher name, @Nullable Manifest manifest) throws IOException {
    boolean log = name.group(2).equals("log");
    if (manifest != null) {
      return log ? number(name) < manifest.floor() : !manifest.names(number(name));
    }
    if (!log || size(disk, file) > UNUSED_LOG_BYTES) {
      throw new EngineException(
          "%s/%s is there, but %s is missing: restore it from a copy"
              .formatted(disk.path(), file, ManifestFiles.NAME));
    }
    return true;
  }

  private static long size(Disk disk, String name) throws IOException {
    try (DiskFile file = disk.open(name)) {
      return file.size();
    }
  }
}
