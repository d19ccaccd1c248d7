package rondo.metadata.engine;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a checkpoint, open. Thread-safe.
 *
 * @param index null when an older version wrote the checkpoint
 */
record CheckpointParts(Blocks table, LargeValues values, Blocks filter, @Nullable Blocks index)
    implements Closeable {
  /** Opens what is there; what is missing can be told of, but not read. */
  static CheckpointParts open(CheckpointFiles files, CheckpointSum sum, BlockCache cache)
      throws IOException {
    try (var opening = new Opening()) {
      Blocks table = opening.add(Blocks.open(files, files.table(), sum.table(), cache));
      LargeValues values = opening.add(LargeValues.open(files));
      Blocks filter = opening.add(Blocks.open(files, files.filter(), sum.filter(), cache));
      Part part = sum.index();
      Blocks index =
          part == null ? null : opening.add(Blocks.open(files, files.index(), part, cache));
      opening.done();
      return new CheckpointParts(table, values, filter, index);
    }
  }

  /** Whether each is there and as long as it must be. */
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
