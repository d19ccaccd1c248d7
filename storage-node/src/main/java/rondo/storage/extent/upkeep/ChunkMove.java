package rondo.storage.extent.upkeep;

import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkPlace;
import rondo.storage.extent.file.ChunkWriter;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.DiskException;

/** A chunk that was copied within its folder, and is being moved as the index knows. */
record ChunkMove(
    ExtentFolder folder, ChunkIndex index, ChunkId id, ChunkPlace from, ChunkWriter copy) {
  /**
   * Ends it: at the copy, which is durable. Whoever drops that later makes durable, with his own
   * mark, the one that is made here, so that the old record can't come back instead.
   *
   * @throws DiskException when it stays where it was
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

  /** Ends it where it began. The copy may be whole, and must not be found again. */
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
      // The folder says so itself. If the copy is found again, no row names it one day.
      copy.leave();
    }
  }
}
