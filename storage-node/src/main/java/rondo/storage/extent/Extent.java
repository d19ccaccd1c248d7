package rondo.storage.extent;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import rondo.storage.disk.DiskFile;

/**
 * One open extent file. What changes is guarded by its folder's lock, but for the count of those
 * who read it.
 */
final class Extent {
  private final ExtentFolder folder;
  private final ExtentFormat.Head head;
  private final DiskFile file;
  private final GroupSync sync;

  /** Where the next record is reserved; of a sealed extent, where its footer starts. */
  long end;

  /** Bytes of the records that are whole and not dropped. */
  long liveBytes;

  int liveChunks;

  /** Writers whose records are not finished. */
  int writers;

  /** Takes no more records, and is sealed when the last writer is done. */
  boolean retired;

  boolean sealed;

  private int readers;
  private boolean closing;

  /** The whole records by position, dropped ones too; empty once they are in a footer. */
  final SortedMap<Long, ExtentFooter.Entry> entries = new TreeMap<>();

  Extent(ExtentFolder folder, ExtentFormat.Head head, DiskFile file) {
    this.folder = folder;
    this.head = head;
    this.file = file;
    this.sync = new GroupSync(file);
    this.end = ExtentFormat.HEAD_BYTES;
  }

  static String fileName(long number) {
    return "%016x.extent".formatted(number);
  }

  static boolean isFileName(String name) {
    return name.matches("[0-9a-f]{16}\\.extent");
  }

  String fileName() {
    return fileName(head.number());
  }

  ExtentFolder folder() {
    return folder;
  }

  ExtentFormat.Head head() {
    return head;
  }

  long number() {
    return head.number();
  }

  long salt() {
    return head.salt();
  }

  DiskFile file() {
    return file;
  }

  GroupSync sync() {
    return sync;
  }

  /** A record that was found whole or committed. */
  void add(ChunkId id, Place place) {
    if (!sealed) {
      entries.put(place.position(), ExtentFooter.Entry.of(id, place));
    }
    liveBytes += place.recordBytes();
    liveChunks++;
  }

  void remove(Place place) {
    liveBytes -= place.recordBytes();
    liveChunks--;
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

  /** Takes the index off again, to append more records. */
  void unseal(ExtentFooter footer) throws IOException {
    file.truncate(end);
    file.sync();
    sealed = false;
    footer.entries().forEach(entry -> entries.put(entry.position(), entry));
  }

  /** False when the file is about to be closed: what was in it is gone. */
  synchronized boolean retain() {
    if (closing) {
      return false;
    }
    readers++;
    return true;
  }

  synchronized void release() throws IOException {
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
