package rondo.metadata.listing;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

/** A walk through the rows of one table and partition key that are there. Not thread-safe. */
public interface LiveRows {
  /**
   * A row that is there.
   *
   * @param value what a listing has of it; null for a digest, without values
   */
  record LiveRow(Bytes sort, Stamp stamp, @Nullable Bytes value) {}

  /** The next row in the order of sort keys, null at the end. */
  @Nullable LiveRow next();

  /** Skips forward, without reading what is between: the next row is not less than {@code sort}. */
  void seek(Bytes sort);
}
