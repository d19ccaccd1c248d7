package rondo.metadata.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an engine finds when it is opened.
 *
 * @param manifest null in a folder that was never used
 * @param replayed what the log had that no checkpoint has
 * @param lastSequence of it
 * @param nextSegment no segment has this number or a higher one
 */
record Recovery(
    @Nullable Manifest manifest,
    List<Checkpoint> checkpoints,
    Memtable replayed,
    long lastSequence,
    long nextSegment) {
  private static final Pattern FILE = Pattern.compile("(\\d{12})\\.(log|table|values|sum)");

  /** A folder whose first write was never acknowledged holds an empty record at most. */
  private static final long UNUSED_LOG_BYTES = 64;

  /**
   * Reads {@code folder}, and deletes what is left over in it.
   *
   * @throws EngineException when something is missing or damaged
   */
  static Recovery of(Path folder) throws IOException {
    Manifest manifest = Manifest.read(folder);
    clean(folder, manifest);
    if (manifest == null) {
      return new Recovery(null, List.of(), new Memtable(1, 0), 0, 1);
    }
    var checkpoints = new ArrayList<Checkpoint>();
    for (long id : manifest.checkpoints()) {
      checkpoints.add(checkpoint(new CheckpointFiles(folder, id)));
    }
    var memtable = new Memtable(manifest.floor(), 0);
    var replay = new LogReplay(folder, memtable);
    long end = manifest.floor();
    while (Files.exists(LogFormat.file(folder, end))) {
      boolean last = !Files.exists(LogFormat.file(folder, end + 1));
      if (!replay.segment(end, last)) {
        break;
      }
      end++;
    }
    checkSegments(folder, manifest.floor(), end);
    return new Recovery(manifest, checkpoints, memtable, replay.lastSequence(), end);
  }

  private static Checkpoint checkpoint(CheckpointFiles files) throws IOException {
    if (!Files.exists(files.sum())) {
      throw new EngineException(files.sum() + " is missing: restore it from a copy");
    }
    return Checkpoint.open(files);
  }

  private static void checkSegments(Path folder, long floor, long end) throws IOException {
    if (end == floor) {
      throw new EngineException(
          LogFormat.file(folder, floor) + " is missing: restore it from a copy");
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && name.group(2).equals("log") && number(name) > end) {
          throw new EngineException(
              LogFormat.file(folder, end) + " is missing: restore it from a copy");
        }
      }
    }
  }

  private static long number(Matcher name) {
    return Long.parseLong(name.group(1));
  }

  private static void clean(Path folder, @Nullable Manifest manifest) throws IOException {
    Files.deleteIfExists(folder.resolve(Manifest.NAME + ".next"));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && isLeftOver(file, name, manifest)) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean isLeftOver(Path file, Matcher name, @Nullable Manifest manifest)
      throws IOException {
    boolean log = name.group(2).equals("log");
    if (manifest != null) {
      return log ? number(name) < manifest.floor() : !manifest.checkpoints().contains(number(name));
    }
    if (!log || Files.size(file) > UNUSED_LOG_BYTES) {
      throw new EngineException(
          "%s is there, but %s is missing: restore it from a copy"
              .formatted(file, file.resolveSibling(Manifest.NAME)));
    }
    return true;
  }
}
