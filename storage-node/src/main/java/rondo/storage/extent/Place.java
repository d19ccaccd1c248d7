package rondo.storage.extent;

/**
 * Where a whole chunk is.
 *
 * @param position of its header in the extent
 * @param length bytes of payload
 * @param ownerBytes how long its owner is, which says where the payload begins
 * @param headerCrc the header's checksum
 */
record Place(
    Extent extent, long position, int length, int ownerBytes, long writtenMicros, int headerCrc) {
  long payload() {
    return position + ChunkHeader.bytes(ownerBytes);
  }

  int recordBytes() {
    return ChunkHeader.recordBytes(ownerBytes, length);
  }

  static Place of(Extent extent, long position, ChunkHeader.Found found) {
    var header = found.header();
    return new Place(
        extent,
        position,
        header.length(),
        header.owner().length(),
        header.writtenMicros(),
        found.crc());
  }
}
