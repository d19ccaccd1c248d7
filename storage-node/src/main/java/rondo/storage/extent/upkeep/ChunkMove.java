package rondo.storage.extent.upkeep;

import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkPlace;
import rondo.storage.extent.file.ChunkWriter;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.DiskException;

/**
 * The move of a chunk within its folder: compaction has copied it, and the index has it marked as
 * being moved.
 */
record ChunkMove(
    ExtentFolder folder, ChunkIndex index, ChunkId id, ChunkPlace from, ChunkWriter copy) {
  /**
   * Ends the move at the copy, which is durable. The mark that drops the old record is synced
   * together with any later mark, so that a later drop of the copy can't bring the old record back.
   *
   * @throws DiskException when the chunk stays where it was
   */
  void end() {
    boolean marked = false;
    try {
      folder.changing(() -> {
        folder.mark(from);
        index.endMove(id, copy.extent().add(copy.entry()));
        from.extent().remove(from);
        return true;
      });
      marked = true;
    } finally {
      if (!marked) {
        index.endMove(id, from);
      }
      copy.abort();
    }
    folder.settle(from.extent());
  }

  /**
   * Undoes the move. The copy may be whole, so it is marked as dropped, lest a recovery finds it.
   */
  void undo() {
    index.endMove(id, from);
    try {
      folder.changing(() -> {
        folder.health().check();
        folder.mark(copy.entry().in(copy.extent()));
        return true;
      });
      copy.abort();
    } catch (DiskException e) {
      // The folder reports it. If a recovery finds the copy, the orphan walk drops it once no row
      // names it.
      copy.leave();
    }
  }
}
