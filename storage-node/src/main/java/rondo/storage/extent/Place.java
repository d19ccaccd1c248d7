package rondo.storage.extent;

/**
 * Where a whole chunk is.
 *
 * @param position of its header in the extent
 * @param recordBytes all that it takes there
 * @param quarantined whether a part of it was seen to be damaged
 */
record Place(Extent extent, long position, int recordBytes, boolean quarantined) {
  Place quarantined(boolean damaged) {
    return new Place(extent, position, recordBytes, damaged);
  }

  boolean isAt(Place other) {
    return extent == other.extent && position == other.position;
  }
}
