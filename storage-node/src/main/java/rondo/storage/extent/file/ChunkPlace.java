package rondo.storage.extent.file;

/**
 * Where a whole chunk is.
 *
 * @param position of its header in the extent
 * @param recordBytes all that it takes there
 * @param quarantined whether a part of it was seen to be damaged
 */
public record ChunkPlace(Extent extent, long position, int recordBytes, boolean quarantined) {
  ChunkPlace quarantined(boolean damaged) {
    return new ChunkPlace(extent, position, recordBytes, damaged);
  }

  public boolean isAt(ChunkPlace other) {
    return extent == other.extent && position == other.position;
  }
}
