package rondo.metadata.engine.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.OpenResources;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.BlockFile;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.CheckpointPart;

/**
 * The open files of a checkpoint. Thread-safe.
 *
 * @param index null when an older version wrote the checkpoint
 */
record CheckpointParts(
    BlockFile table, LargeValues values, BlockFile filter, @Nullable BlockFile index)
    implements Closeable {
  /** Opens all files, even missing ones, which then can't be read. */
  static CheckpointParts open(CheckpointFiles files, CheckpointSum sum, BlockCache cache)
      throws IOException {
    try (var opening = new OpenResources()) {
      BlockFile table = opening.add(BlockFile.open(files, files.table(), sum.table(), cache));
      LargeValues values = opening.add(LargeValues.open(files));
      BlockFile filter = opening.add(BlockFile.open(files, files.filter(), sum.filter(), cache));
      CheckpointPart part = sum.index();
      BlockFile index =
          part == null ? null : opening.add(BlockFile.open(files, files.index(), part, cache));
      opening.done();
      return new CheckpointParts(table, values, filter, index);
    }
  }

  /** Whether each file exists and has the length that it must have. */
  boolean isComplete(CheckpointSum sum) throws IOException {
    return values.bytes() == sum.values().bytes()
        && table.isComplete()
        && filter.isComplete()
        && (index == null || index.isComplete());
  }

  @Override
  public void close() throws IOException {
    table.close();
    values.close();
    filter.close();
    if (index != null) {
      index.close();
    }
  }
}
