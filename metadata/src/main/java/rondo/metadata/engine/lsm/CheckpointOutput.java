package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import rondo.metadata.disk.Disk;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointWriter;

/** Writes slots to as many checkpoints as they need. Thread-safe. */
record CheckpointOutput(Disk disk, Layers layers, BlockCache cache, long checkpointBytes) {
  /**
   * Writes the slots of {@code source}, and returns the checkpoints on stable storage and open; the
   * caller holds them.
   *
   * @param purge leaves removed keys out, as no older slots are left that they hide
   */
  List<Checkpoint> write(SlotSource source, boolean purge) throws IOException {
    var written = new ArrayList<Checkpoint>();
    boolean whole = false;
    try {
      while (source.key() != null) {
        CheckpointFiles files = layers.newFiles();
        if (CheckpointWriter.write(files, source, purge, checkpointBytes)) {
          written.add(Checkpoint.open(files, cache));
        }
      }
      disk.syncNames();
      whole = true;
      return written;
    } finally {
      if (!whole) {
        written.forEach(Checkpoint::replace);
        written.forEach(Checkpoint::release);
      }
    }
  }
}
