package rondo.storage.extent.upkeep;

import java.util.List;
import rondo.metadata.disk.GroupCommit;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkPlace;
import rondo.storage.extent.file.ChunkWriter;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.DiskException;

/**
 * The move of a chunk into another folder: it has been copied, and the index has it marked as being
 * moved. The two folders have a lock and a log of drops each; no lock is held while the other one
 * is taken.
 */
record FolderMove(ChunkIndex index, ChunkId id, ChunkPlace from, ChunkWriter copy) {
  private ExtentFolder target() {
    return copy.extent().folder();
  }

  /** Marks records as dropped, durably; false when the disk doesn't take all the marks. */
  static boolean markDropped(ExtentFolder folder, List<ChunkPlace> dropped) {
    try {
      GroupCommit log = null;
      for (ChunkPlace place : dropped) {
        log =
            folder.changing(() -> {
              folder.health().check();
              return folder.mark(place);
            });
      }
      if (log != null) {
        folder.health().await(log);
      }
      return true;
    } catch (DiskException e) {
      return false;
    }
  }

  /** Ends the move at the copy, which is durable. */
  void end() {
    index.endMove(id, target().changing(() -> copy.extent().add(copy.entry())));
    try {
      copy.abort();
    } catch (DiskException e) {
      // The target reports it; the record stands all the same.
    }
  }

  /**
   * Undoes the move. The copy may be whole, so it is marked as dropped before the chunk can be
   * dropped where it is: else a recovery might find the copy of a chunk that is gone.
   */
  void undo() {
    try {
      if (markDropped(target(), List.of(copy.entry().in(copy.extent())))) {
        copy.abort();
      } else {
        // The orphan walk drops the copy if a recovery finds it.
        copy.leave();
      }
    } catch (DiskException e) {
      // The target reports it.
    } finally {
      index.endMove(id, from);
    }
  }
}
