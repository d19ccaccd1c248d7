package rondo.storage.extent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import rondo.storage.disk.Disk;
import rondo.storage.disk.DiskException;
import rondo.storage.disk.DiskFile;

/** Opens the extents that a folder holds: by their footers, or after a crash by their headers. */
final class Recovery {
  private final ExtentFolder folder;
  private final Disk disk;
  private final ConcurrentMap<ChunkId, Place> index;
  private final Set<DropLog.Mark> marks;
  private final List<Extent> extents = new ArrayList<>();
  private @Nullable ExtentFooter lastFooter;
  private boolean lastDamaged;
  private long lastNumber;

  Recovery(ExtentFolder folder, Disk disk, ConcurrentMap<ChunkId, Place> index) throws IOException {
    this.folder = folder;
    this.disk = disk;
    this.index = index;
    this.marks = DropLog.read(disk);
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
    var extent = new Extent(folder, head, file);
    extents.add(extent);
    lastFooter = footer;
    lastDamaged = false;
    if (footer == null) {
      scan(extent);
    } else {
      extent.end = footer.start();
      extent.sealed = true;
      footer.entries().forEach(entry -> add(entry.id(), entry.in(extent)));
    }
  }

  private void scan(Extent extent) throws IOException {
    var scan = new ExtentScan(extent);
    scan.run(this::add);
    lastDamaged = scan.isDamaged();
    extent.end = scan.wholeEnd();
    extent.file().truncate(extent.end);
    extent.file().sync();
  }

  private void add(ChunkId id, Place place) {
    var extent = place.extent();
    if (marks.contains(new DropLog.Mark(extent.number(), place.position()))) {
      return;
    }
    extent.add(id, place);
    var previous = index.put(id, place);
    if (previous != null) {
      previous.extent().remove(previous);
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
    }
  }

  List<Extent> extents() {
    return extents;
  }

  long lastNumber() {
    return lastNumber;
  }

  /** The marks that still mean something. */
  List<DropLog.Mark> marks() {
    var numbers = extents.stream().map(Extent::number).toList();
    return marks.stream().filter(mark -> numbers.contains(mark.extent())).toList();
  }

  /** The newest extent, if it is sound and has room for more records. */
  @Nullable Extent resume(long extentBytes) throws IOException {
    if (extents.isEmpty() || lastDamaged) {
      return null;
    }
    var last = extents.getLast();
    if (last.number() != lastNumber || last.end > extentBytes / 4 * 3) {
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
