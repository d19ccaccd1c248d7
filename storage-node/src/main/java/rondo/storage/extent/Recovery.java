package rondo.storage.extent;

import java.io.IOException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rondo.storage.disk.Disk;
import rondo.storage.disk.DiskException;
import rondo.storage.disk.DiskFile;

/** Opens the extents that a folder holds: by their footers, or after a crash by their headers. */
final class Recovery {
  private final ExtentFolder folder;
  private final Disk disk;
  private final ChunkIndex index;
  private final Marks marks;
  private final Marks losers = new Marks();
  private final AtomicLong damagedMarks = new AtomicLong();
  private final SortedMap<Long, Extent> extents = new TreeMap<>();
  private @Nullable ExtentFooter lastFooter;
  private boolean lastDamaged;
  private long lastNumber;
  private final boolean byRecords;
  private int rebuilt;
  private int setAside;

  Recovery(ExtentFolder folder, Disk disk, ChunkIndex index, boolean byRecords) throws IOException {
    this.byRecords = byRecords;
    this.folder = folder;
    this.disk = disk;
    this.index = index;
    this.marks = DropLog.read(disk, damagedMarks).sort();
  }

  void run() throws IOException {
    for (String name : disk.names()) {
      if (Extent.isFileName(name)) {
        lastNumber = Long.parseUnsignedLong(name.substring(0, 16), 16);
        open(name, disk.open(name));
      }
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
    extents.put(head.number(), extent);
    lastFooter = byRecords ? null : footer;
    lastDamaged = false;
    if (footer == null || byRecords) {
      rebuilt++;
      scan(extent);
    } else {
      extent.end = footer.start();
      extent.sealed = true;
      footer.entries().forEach(entry -> add(extent, entry));
    }
  }

  private void scan(Extent extent) throws IOException {
    var scan = new ExtentScan(extent);
    scan.run(entry -> add(extent, entry));
    lastDamaged = scan.isDamaged();
    extent.end = scan.wholeEnd();
    extent.file().truncate(extent.end);
    extent.file().sync();
  }

  private void add(Extent extent, ExtentEntry entry) {
    if (marks.has(extent.number(), entry.position(), Marks.Kind.DROPPED)) {
      return;
    }
    boolean damaged = marks.has(extent.number(), entry.position(), Marks.Kind.QUARANTINED);
    var known = index.get(entry.id());
    if (damaged && known != null && !known.quarantined()) {
      lose(extent.add(entry));
      return;
    }
    extent.quarantined += damaged ? 1 : 0;
    var previous = index.put(entry.id(), extent.add(entry).quarantined(damaged));
    if (previous != null) {
      lose(previous);
    }
  }

  /** There is a newer copy, or a better one: this one must not come back when that is dropped. */
  private void lose(Place place) {
    if (place.extent().folder() == folder) {
      place.extent().remove(place);
      losers.add(place.extent().number(), place.position(), Marks.Kind.DROPPED);
    } else {
      place.extent().folder().drop(place);
    }
  }

  /** An extent without a head was being made when the node stopped, or has rotted. */
  private void setAside(String name, DiskFile file) throws IOException {
    boolean empty = file.size() <= ExtentFormat.HEAD_BYTES;
    file.close();
    if (empty) {
      disk.delete(name);
    } else {
      disk.rename(name, name + ".damaged");
      setAside++;
    }
  }

  Collection<Extent> extents() {
    return extents.values();
  }

  long lastNumber() {
    return lastNumber;
  }

  Recovered found() {
    return new Recovered(extents.size(), rebuilt, setAside, damagedMarks.get());
  }

  /** The marks that still mean something. */
  Marks marks() {
    var kept = new Marks();
    Marks.Visitor keep =
        (number, position, kind) -> {
          var extent = extents.get(number);
          if (extent != null) {
            extent.marks++;
            kept.add(number, position, kind);
          }
        };
    marks.forEach(keep);
    losers.forEach(keep);
    return kept;
  }

  /** The newest extent, if it is sound and has room for more records. */
  @Nullable Extent resume(long extentBytes) throws IOException {
    if (extents.isEmpty() || lastDamaged) {
      return null;
    }
    var last = extents.get(extents.lastKey());
    if (last == null || last.number() != lastNumber || last.end > extentBytes / 4 * 3) {
      return null;
    }
    if (lastFooter != null) {
      last.unseal(lastFooter);
    }
    return last;
  }

  /** Turns what goes wrong while opening into one clear line. */
  static DiskException refused(Disk disk, IOException e) {
    return new DiskException("can't open the chunks in " + disk.path() + ": " + e.getMessage(), e);
  }
}
