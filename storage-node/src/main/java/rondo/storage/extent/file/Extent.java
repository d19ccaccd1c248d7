package rondo.storage.extent.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.disk.GroupCommit;

/**
 * An open extent file. Its mutable state is guarded by the folder's lock, except for the count of
 * readers.
 */
public final class Extent {
  private final ExtentFolder folder;
  private final ExtentFormat.Head head;
  private final DiskFile file;
  private final GroupCommit sync;
  private final int ordinal;

  /** Offset at which the next record is reserved; in a sealed extent, offset of the footer. */
  long end;

  /** Bytes of the records that are whole and not dropped. */
  long liveBytes;

  int liveChunks;

  /** How many live chunks are damaged: compaction leaves them where they are. */
  int quarantined;

  /** How many marks of its records the log of drops has. */
  int marks;

  /** How many writers have not finished their records. */
  int writers;

  /** Takes no more records, and is sealed when the last writer is done. */
  boolean retired;

  boolean sealed;

  /**
   * Whether it is to be rewritten, no matter how much of it is live: its head or its footer is
   * damaged.
   */
  boolean worn;

  /** Whether compaction could not read which records it has. */
  public boolean stuck;

  private int readers;
  private boolean closing;

  /** Whole records by their offset, dropped ones too; empty once they are in a footer. */
  final SortedMap<Long, ExtentEntry> entries = new TreeMap<>();

  Extent(ExtentFolder folder, ExtentFormat.Head head, DiskFile file, ChunkIndex index) {
    this.folder = folder;
    this.head = head;
    this.file = file;
    this.sync = new GroupCommit(file::sync);
    this.end = ExtentFormat.HEAD_BYTES;
    this.ordinal = index.register(this);
  }

  static String fileName(long number) {
    return "%016x.extent".formatted(number);
  }

  /** Whether a file of this name is an extent. */
  public static boolean isFileName(String name) {
    return name.matches("[0-9a-f]{16}\\.extent");
  }

  public String fileName() {
    return fileName(head.number());
  }

  public ExtentFolder folder() {
    return folder;
  }

  public ExtentFormat.Head head() {
    return head;
  }

  public long number() {
    return head.number();
  }

  /** Returns the number by which the chunk index names it. */
  int ordinal() {
    return ordinal;
  }

  long salt() {
    return head.salt();
  }

  public DiskFile file() {
    return file;
  }

  public GroupCommit sync() {
    return sync;
  }

  /** Returns how many bytes its records take, live or not. */
  long recordBytes() {
    return end - ExtentFormat.HEAD_BYTES;
  }

  double liveShare() {
    return worn ? 0 : (double) liveBytes / Math.max(1, recordBytes());
  }

  /**
   * Whether at least a third of it is dead, so that compaction copies at most two bytes for each
   * one that it frees. An extent with damaged chunks waits until these have been replaced.
   */
  boolean isWorthRewriting() {
    return liveShare() < 2.0 / 3 && quarantined == 0 && !stuck;
  }

  /** Adds a record that was found whole or was committed, and returns its place. */
  public ChunkPlace add(ExtentEntry entry) {
    if (!sealed) {
      entries.put(entry.position(), entry);
    }
    liveBytes += entry.recordBytes();
    liveChunks++;
    return entry.in(this);
  }

  /** Removes a record that was dropped or replaced, and returns how many are left. */
  public int remove(ChunkPlace place) {
    liveBytes -= place.recordBytes();
    quarantined -= place.quarantined() ? 1 : 0;
    return --liveChunks;
  }

  /** Seals the extent: writes the footer behind the records. */
  void seal() throws IOException {
    var footer = new ExtentFooter(head, end, List.copyOf(entries.values()));
    file.truncate(end);
    file.write(footer.encode(), end);
    file.sync();
    sealed = true;
    entries.clear();
  }

  /** Returns all records of a sealed extent, dropped ones too, even when its footer is damaged. */
  public List<ExtentEntry> allEntries() throws IOException {
    var footer = ExtentFooter.read(file);
    if (footer != null) {
      return footer.entries();
    }
    var found = new ArrayList<ExtentEntry>();
    new ExtentScan(this).run(found::add);
    return found;
  }

  /** Returns its records, dropped ones too; null when its footer is damaged. */
  public @Nullable List<ExtentEntry> knownEntries() throws IOException {
    List<ExtentEntry> open = folder.locked(() -> List.copyOf(entries.values()));
    if (!open.isEmpty()) {
      return open;
    }
    var footer = ExtentFooter.read(file);
    if (footer != null) {
      return footer.entries();
    }
    return folder.locked(() -> sealed) ? null : List.of();
  }

  /** Cuts the footer off, so that more records can be appended. */
  void unseal(ExtentFooter footer) throws IOException {
    file.truncate(end);
    file.sync();
    sealed = false;
    footer.entries().forEach(entry -> entries.put(entry.position(), entry));
  }

  /**
   * Counts one more reader; false when the file is about to be closed: its chunks are dropped, or
   * are elsewhere.
   */
  public synchronized boolean retain() {
    if (closing) {
      return false;
    }
    readers++;
    return true;
  }

  /** Counts one reader less; the last one closes the file if that is due. */
  public synchronized void release() throws IOException {
    readers--;
    if (closing && readers == 0) {
      file.close();
    }
  }

  /** Closes the file once the last reader has left. */
  synchronized void close() throws IOException {
    if (!closing) {
      closing = true;
      if (readers == 0) {
        file.close();
      }
    }
  }
}
