package rondo.storage.extent.file;

import java.util.concurrent.atomic.AtomicLong;
import rondo.storage.folder.DiskFullException;

/**
 * Reserves the range of each record that is being written to a folder, and ends the record when its
 * writer is done. Thread-safe.
 */
final class RecordWriters {
  private final ExtentFolder folder;
  private final FolderExtents extents;
  private final ChunkIndex index;

  /** Bytes of the records whose writers are not done. */
  private final AtomicLong pendingBytes = new AtomicLong();

  RecordWriters(ExtentFolder folder, FolderExtents extents, ChunkIndex index) {
    this.folder = folder;
    this.extents = extents;
    this.index = index;
  }

  /** Returns how many bytes are reserved by writers that are not done. */
  long pendingBytes() {
    return pendingBytes.get();
  }

  /** Reserves the range of a record and writes its header. */
  ChunkWriter open(ChunkHeader header) {
    int recordBytes = ChunkHeader.recordBytes(header.owner().length(), header.length());
    return folder.changing(() -> {
      folder.health().check();
      if (folder.health().isLeaving()) {
        throw new DiskFullException(folder.path() + " leaves the node and takes nothing more");
      }
      var extent = extents.room(recordBytes);
      var encoded = header.encode(extent.salt());
      int crc = ChunkHeader.crc(encoded);
      extent.file().write(encoded, extent.end);
      var entry = ExtentEntry.of(extent.end, new ChunkHeader.Found(header, crc));
      extent.end += recordBytes;
      extent.writers++;
      pendingBytes.addAndGet(recordBytes);
      return new ChunkWriter(this, extent, entry);
    });
  }

  /** Returns the health of the folder. */
  FolderHealth health() {
    return folder.health();
  }

  /** Ends a record that is whole and durable: from now on the index names it. */
  void committed(Extent extent, ExtentEntry entry) {
    var place = folder.locked(() -> extent.add(entry));
    // Without the lock: it may have to wait for the end of a move, which needs the lock.
    var previous = index.put(entry.id(), place);
    ended(extent, entry);
    if (previous != null) {
      previous.extent().folder().replaced(previous);
    }
  }

  /** Ends a record, whole or given up; the last writer of a retired extent settles the extent. */
  void ended(Extent extent, ExtentEntry entry) {
    left(extent, entry);
    folder.change(() -> {
      if (extent.retired && folder.health().failure() == null) {
        extents.settle(extent);
      }
    });
  }

  /** Ends a record on a disk that has failed: no extent is settled. */
  void left(Extent extent, ExtentEntry entry) {
    folder.locked(() -> extent.writers--);
    pendingBytes.addAndGet(-entry.recordBytes());
  }
}
