package rondo.storage.extent.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.disk.GroupCommit;

/**
 * One open extent file. What changes is guarded by its folder's lock, but for the count of those
 * who read it.
 */
public final class Extent {
  private final ExtentFolder folder;
  private final ExtentFormat.Head head;
  private final DiskFile file;
  private final GroupCommit sync;
  private final int ordinal;

  /** Where the next record is reserved; of a sealed extent, where its footer starts. */
  long end;

  /** Bytes of the records that are whole and not dropped. */
  long liveBytes;

  int liveChunks;

  /** Of the live ones, those that are damaged: they stay where they are. */
  int quarantined;

  /** Marks of its records in the log. */
  int marks;

  /** Writers whose records are not finished. */
  int writers;

  /** Takes no more records, and is sealed when the last writer is done. */
  boolean retired;

  boolean sealed;

  /** To be rewritten whatever its live share: its head or its footer has rotted. */
  boolean worn;

  /** What is in it can't be read. */
  public boolean stuck;

  private int readers;
  private boolean closing;

  /** The whole records by position, dropped ones too; empty once they are in a footer. */
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

  /** By which the chunk index knows it. */
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

  /** Bytes of records, live or not. */
  long recordBytes() {
    return end - ExtentFormat.HEAD_BYTES;
  }

  double liveShare() {
    return worn ? 0 : (double) liveBytes / Math.max(1, recordBytes());
  }

  /**
   * Whether a third of it is dead: then at most two bytes are copied for each that is freed. One
   * with damaged chunks waits until they were replaced.
   */
  boolean isWorthRewriting() {
    return liveShare() < 2.0 / 3 && quarantined == 0 && !stuck;
  }

  /** A record that was found whole or committed. */
  public ChunkPlace add(ExtentEntry entry) {
    if (!sealed) {
      entries.put(entry.position(), entry);
    }
    liveBytes += entry.recordBytes();
    liveChunks++;
    return entry.in(this);
  }

  /** A record that was dropped or replaced; how many are left. */
  public int remove(ChunkPlace place) {
    liveBytes -= place.recordBytes();
    quarantined -= place.quarantined() ? 1 : 0;
    return --liveChunks;
  }

  /** Writes the index behind the records. */
  void seal() throws IOException {
    var footer = new ExtentFooter(head, end, List.copyOf(entries.values()));
    file.truncate(end);
    file.write(footer.encode(), end);
    file.sync();
    sealed = true;
    entries.clear();
  }

  /** What is or was in a sealed extent, also when its footer has rotted. */
  public List<ExtentEntry> allEntries() throws IOException {
    var footer = ExtentFooter.read(file);
    if (footer != null) {
      return footer.entries();
    }
    var found = new ArrayList<ExtentEntry>();
    new ExtentScan(this).run(found::add);
    return found;
  }

  /** Takes the index off again, to append more records. */
  void unseal(ExtentFooter footer) throws IOException {
    file.truncate(end);
    file.sync();
    sealed = false;
    footer.entries().forEach(entry -> entries.put(entry.position(), entry));
  }

  /** False when the file is about to be closed: what was in it is gone, or elsewhere. */
  public synchronized boolean retain() {
    if (closing) {
      return false;
    }
    readers++;
    return true;
  }

  public synchronized void release() throws IOException {
    readers--;
    if (closing && readers == 0) {
      file.close();
    }
  }

  /** Closes the file, when the last reader has gone. */
  synchronized void close() throws IOException {
    if (!closing) {
      closing = true;
      if (readers == 0) {
        file.close();
      }
    }
  }
}
