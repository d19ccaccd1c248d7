package rondo.metadata.engine;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;

/**
 * What an engine finds when it is opened.
 *
 * @param manifest null in a folder that was never used
 * @param runs newest first; their checkpoints are held
 * @param replayed what the log had that no checkpoint has
 * @param lastSequence of it
 * @param nextSegment no segment has this number or a higher one
 */
record Recovery(
    @Nullable Manifest manifest,
    List<Run> runs,
    Memtable replayed,
    long lastSequence,
    long nextSegment) {
  private static final Pattern FILE =
      Pattern.compile("(\\d{12})\\.(log|table|values|filter|index|sum)");

  /** A folder whose first write was never acknowledged holds an empty record at most. */
  private static final long UNUSED_LOG_BYTES = 64;

  /**
   * Reads the folder, and deletes what is left over in it.
   *
   * @throws EngineException when something is missing or damaged
   */
  static Recovery of(Disk disk, BlockCache cache) throws IOException {
    Manifest manifest = Manifest.read(disk);
    clean(disk, manifest);
    if (manifest == null) {
      return new Recovery(null, List.of(), new Memtable(1, 0), 0, 1);
    }
    var memtable = new Memtable(manifest.floor(), 0);
    var replay = new LogReplay(disk, memtable);
    List<String> names = disk.names();
    long end = manifest.floor();
    while (names.contains(LogFormat.file(end))) {
      boolean last = !names.contains(LogFormat.file(end + 1));
      if (!replay.segment(end, last)) {
        break;
      }
      end++;
    }
    checkSegments(disk, manifest.floor(), end);
    var opened = new OpenedRuns(disk, cache);
    return opened.open(manifest, memtable, replay.lastSequence(), end);
  }

  private static void checkSegments(Disk disk, long floor, long end) throws IOException {
    if (end == floor) {
      throw missing(disk, floor);
    }
    for (String file : disk.names()) {
      Matcher name = FILE.matcher(file);
      if (name.matches() && name.group(2).equals("log") && number(name) > end) {
        throw missing(disk, end);
      }
    }
  }

  private static EngineException missing(Disk disk, long segment) {
    return new EngineException(
        disk.path() + "/" + LogFormat.file(segment) + " is missing: restore it from a copy");
  }

  private static long number(Matcher name) {
    return Long.parseLong(name.group(1));
  }

  private static void clean(Disk disk, @Nullable Manifest manifest) throws IOException {
    disk.delete(Manifest.NEXT);
    for (String file : disk.names()) {
      Matcher name = FILE.matcher(file);
      if (name.matches() && isLeftOver(disk, file, name, manifest)) {
        disk.delete(file);
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
              .formatted(disk.path(), file, Manifest.NAME));
    }
    return true;
  }

  private static long size(Disk disk, String name) throws IOException {
    try (DiskFile file = disk.open(name)) {
      return file.size();
    }
  }
}
