package rondo.metadata.engine.log;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import rondo.metadata.disk.Disk;
import rondo.metadata.engine.block.CheckpointFiles;

/** The segments of a log that are still needed, and their damage. Thread-safe. */
public final class LogSegments {
  private final Disk disk;

  /** By segment: the number of bytes that were written to it and are whole. */
  private final Map<Long, Long> ends = new ConcurrentSkipListMap<>();

  /** Segments of which a replay couldn't read all. */
  private final Set<Long> lost = ConcurrentHashMap.newKeySet();

  /**
   * Segments in which a verification found damage after the replay; the memtables have all of their
   * writes.
   */
  private final Set<Long> rotten = ConcurrentHashMap.newKeySet();

  public LogSegments(Disk disk) {
    this.disk = disk;
  }

  public Disk disk() {
    return disk;
  }

  void wrote(long segment, long end) {
    ends.put(segment, end);
  }

  /** Takes note that a segment is missing, or couldn't be read as a whole. */
  public void lost(long segment) {
    lost.add(segment);
  }

  /** Returns the segments that are missing or couldn't be read as a whole. */
  public Set<Long> lost() {
    return Set.copyOf(lost);
  }

  /** Takes note that a verification found damage in a segment. */
  public void rotten(long segment) {
    rotten.add(segment);
  }

  /** Whether a segment is damaged whose writes aren't in checkpoints yet. */
  public boolean isRotten() {
    return !rotten.isEmpty();
  }

  /** Whether the segment is still needed. */
  public boolean isThere(long segment) {
    return ends.containsKey(segment);
  }

  /** Returns, for each segment without loss, the number of bytes that were written to it. */
  public Map<Long, Long> written() {
    var written = new ConcurrentSkipListMap<>(ends);
    written.keySet().removeAll(lost);
    return written;
  }

  /**
   * Removes the segments from {@code from} (inclusive) to {@code to} (exclusive); sets those aside
   * that couldn't be read as a whole.
   */
  public void drop(long from, long to) throws IOException {
    for (long segment = from; segment < to; segment++) {
      ends.remove(segment);
      if (lost.contains(segment)) {
        setAside(disk, LogFormat.file(segment));
      } else {
        disk.delete(LogFormat.file(segment));
      }
      rotten.remove(segment);
    }
  }

  /** Renames a damaged file out of the way, for people to look at. */
  public static void setAside(Disk disk, String file) throws IOException {
    if (disk.names().contains(file)) {
      disk.rename(file, file + CheckpointFiles.ASIDE);
    }
  }
}
