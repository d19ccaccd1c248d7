package rondo.metadata.engine.log;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import rondo.metadata.disk.Disk;
import rondo.metadata.engine.block.CheckpointFiles;

/** The segments of a log that are still needed. Thread-safe. */
public final class LogSegments {
  private final Disk disk;

  /** How many bytes of each are what was written. */
  private final Map<Long, Long> ends = new ConcurrentSkipListMap<>();

  /** Of which something couldn't be read at the start. */
  private final Set<Long> lost = ConcurrentHashMap.newKeySet();

  /** In which damage was found since: memory has all that was in them. */
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

  public void lost(long segment) {
    lost.add(segment);
  }

  /** Those of which something is lost, missing ones too. */
  public Set<Long> lost() {
    return Set.copyOf(lost);
  }

  public void rotten(long segment) {
    rotten.add(segment);
  }

  /** Whether there is damage that isn't mended yet. */
  public boolean isRotten() {
    return !rotten.isEmpty();
  }

  /** Whether it is still needed, and is all that it should be as far as is known. */
  public boolean isThere(long segment) {
    return ends.containsKey(segment);
  }

  /** The bytes of each that are what was written; those of which something is lost aren't told. */
  public Map<Long, Long> written() {
    var written = new ConcurrentSkipListMap<>(ends);
    written.keySet().removeAll(lost);
    return written;
  }

  /** Removes those from {@code from} on, up to {@code to}; what is lost of is set aside. */
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

  /** Keeps a file out of the way under another name, for people to look at. */
  public static void setAside(Disk disk, String file) throws IOException {
    if (disk.names().contains(file)) {
      disk.rename(file, file + CheckpointFiles.ASIDE);
    }
  }
}
