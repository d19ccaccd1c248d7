package rondo.ring.coordinate;

import rondo.ring.value.Bytes;

/**
 * Decides which values a listing shows: a value may mean that the row is absent, and yet have to be
 * kept. Pure, and equal on every node.
 */
@FunctionalInterface
public interface RowVisibility {
  RowVisibility ALL = (table, value) -> true;

  /** Whether a row of that table with this value is in listings. */
  boolean shows(int table, Bytes value);
}
