package rondo.storage.extent.file;

/**
 * The place of a chunk whose record is whole.
 *
 * @param position offset of its header in the extent
 * @param recordBytes length of its record
 * @param quarantined whether a read found it damaged
 */
public record ChunkPlace(Extent extent, long position, int recordBytes, boolean quarantined) {
  ChunkPlace quarantined(boolean damaged) {
    return new ChunkPlace(extent, position, recordBytes, damaged);
  }

  /** Whether both are places of one record. */
  public boolean isAt(ChunkPlace other) {
    return extent == other.extent && position == other.position;
  }
}
