package rondo.metadata.listing;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

/**
 * Walks through the live rows, those that aren't deleted, of one table and partition key. Not
 * thread-safe.
 */
public interface LiveRows {
  /**
   * A live row.
   *
   * @param value the part of the row's value that a listing carries; null for a digest, which has
   *     no values
   */
  record LiveRow(Bytes sort, Stamp stamp, @Nullable Bytes value) {}

  /** Returns the next row in the order of sort keys; null at the end. */
  @Nullable LiveRow next();

  /**
   * Skips forward without reading the rows between: the next row's sort key is not less than {@code
   * sort}.
   */
  void seek(Bytes sort);
}
