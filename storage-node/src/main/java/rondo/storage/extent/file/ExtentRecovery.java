package rondo.storage.extent.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.storage.chunk.RecoveryFindings;
import rondo.storage.folder.DiskException;

/**
 * Opens the extents of a folder: sealed ones by their footers, the others by their records. For one
 * thread.
 */
public final class ExtentRecovery {
  private final ExtentFolder folder;
  private final Disk disk;
  private final ChunkIndex index;
  private final DropMarks marks;
  private final DropMarks losers = new DropMarks();
  private final AtomicLong damagedMarks = new AtomicLong();
  private final SortedMap<Long, Extent> extents = new TreeMap<>();
  private final SortedMap<Long, String> unread = new TreeMap<>();
  private @Nullable ExtentFooter lastFooter;
  private boolean lastDamaged;
  private long lastNumber;
  private final boolean byRecords;
  private int rebuilt;
  private int setAside;

  ExtentRecovery(ExtentFolder folder, Disk disk, ChunkIndex index, boolean byRecords)
      throws IOException {
    this.byRecords = byRecords;
    this.folder = folder;
    this.disk = disk;
    this.index = index;
    this.marks = DropLog.read(disk, damagedMarks).sort();
  }

  /**
   * Opens the extents that can be read. Changes that the disk doesn't take now wait until it does.
   *
   * @throws IOException when nothing can be read
   */
  void run() throws IOException {
    IOException unreadable = null;
    for (String name : disk.names()) {
      if (Extent.isFileName(name)) {
        lastNumber = Long.parseUnsignedLong(name.substring(0, 16), 16);
        try {
          open(name, disk.open(name));
        } catch (IOException e) {
          unread.put(lastNumber, disk.path() + ": " + name + " can't be read: " + e.getMessage());
          unreadable = e;
        }
      }
    }
    if (unreadable != null && extents.isEmpty()) {
      throw unreadable;
    }
  }

  private void open(String name, DiskFile file) throws IOException {
    var footer = ExtentFooter.read(file);
    var head = ExtentFormat.head(file);
    if (head == null && footer != null) {
      head = footer.head();
    }
    if (head == null || head.number() != lastNumber) {
      setAside(name, file);
      return;
    }
    var extent = new Extent(folder, head, file, index);
    var entries = footer == null || byRecords ? scan(extent) : footer.entries();
    if (footer != null && !byRecords) {
      extent.end = footer.start();
      extent.sealed = true;
      lastDamaged = false;
    }
    lastFooter = byRecords ? null : footer;
    extents.put(head.number(), extent);
    entries.forEach(entry -> add(extent, entry));
  }

  private List<ExtentEntry> scan(Extent extent) throws IOException {
    var found = new ArrayList<ExtentEntry>();
    var scan = new ExtentScan(extent);
    scan.run(found::add);
    rebuilt++;
    lastDamaged = scan.isDamaged();
    extent.end = scan.wholeEnd();
    folder
        .health()
        .tried(() -> {
          extent.file().truncate(extent.end);
          extent.file().sync();
        });
    return found;
  }

  private void add(Extent extent, ExtentEntry entry) {
    if (marks.has(extent.number(), entry.position(), DropMarks.Kind.DROPPED)) {
      return;
    }
    boolean damaged = marks.has(extent.number(), entry.position(), DropMarks.Kind.QUARANTINED);
    var known = index.get(entry.id());
    if (known != null && isBetter(known, damaged)) {
      lose(extent.add(entry));
      return;
    }
    extent.quarantined += damaged ? 1 : 0;
    var previous = index.put(entry.id(), extent.add(entry).quarantined(damaged));
    if (previous != null) {
      lose(previous);
    }
  }

  /**
   * Whether the known record of a chunk is the one to keep. Within a folder that is the newer one
   * unless it is damaged; another folder's record may be in use already.
   */
  private boolean isBetter(ChunkPlace known, boolean damaged) {
    boolean elsewhere = known.extent().folder() != folder;
    return elsewhere ? damaged || !known.quarantined() : damaged && !known.quarantined();
  }

  /**
   * Drops a record in favour of a newer or undamaged one, durably, so that it doesn't come back
   * when that is dropped.
   */
  private void lose(ChunkPlace place) {
    if (place.extent().folder() == folder) {
      place.extent().remove(place);
      losers.add(place.extent().number(), place.position(), DropMarks.Kind.DROPPED);
    } else {
      place.extent().folder().replaced(place);
    }
  }

  /**
   * Sets an extent without a head aside, or deletes it: it was being created when the node stopped,
   * or it is damaged.
   */
  private void setAside(String name, DiskFile file) throws IOException {
    boolean empty = file.size() <= ExtentFormat.HEAD_BYTES;
    file.close();
    setAside += empty ? 0 : 1;
    folder
        .health()
        .tried(() -> {
          if (empty) {
            disk.delete(name);
          } else {
            disk.rename(name, name + ".damaged");
          }
        });
  }

  /** Returns why extents can't be read now, by their numbers; they are left alone. */
  SortedMap<Long, String> unread() {
    return unread;
  }

  Collection<Extent> extents() {
    return extents.values();
  }

  long lastNumber() {
    return lastNumber;
  }

  RecoveryFindings found() {
    return new RecoveryFindings(
        extents.size(), rebuilt, setAside + unread.size(), damagedMarks.get());
  }

  /** Returns the marks of records that still exist. */
  DropMarks marks() {
    var kept = new DropMarks();
    DropMarks.Visitor keep =
        (number, position, kind) -> {
          var extent = extents.get(number);
          if (extent != null) {
            extent.marks++;
          }
          if (extent != null || unread.containsKey(number)) {
            kept.add(number, position, kind);
          }
        };
    marks.forEach(keep);
    losers.forEach(keep);
    return kept;
  }

  /** Returns the newest extent, if it is undamaged and has room for more records. */
  @Nullable Extent resume(long extentBytes) {
    if (extents.isEmpty() || lastDamaged || folder.health().failure() != null) {
      return null;
    }
    var last = extents.get(extents.lastKey());
    if (last == null || last.number() != lastNumber || last.end > extentBytes / 4 * 3) {
      return null;
    }
    var footer = lastFooter;
    boolean open = footer == null || folder.health().tried(() -> last.unseal(footer));
    return open ? last : null;
  }

  /** Turns an error while opening into an exception with one clear line. */
  public static DiskException refused(Disk disk, IOException e) {
    return new DiskException("can't open the chunks in " + disk.path() + ": " + e.getMessage(), e);
  }
}
