package rondo.ring.coordinate;

import rondo.ring.value.Bytes;

/**
 * Which values a listing shows: a value may say that there is nothing, and yet have to be kept.
 * Pure, and the same on every node.
 */
@FunctionalInterface
public interface RowVisibility {
  RowVisibility ALL = (table, value) -> true;

  /** Whether a row of that table with this value is in listings. */
  boolean shows(int table, Bytes value);
}
