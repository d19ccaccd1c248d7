package rondo.storage.extent.file;

/**
 * The settings of a store's extents.
 *
 * @param extentBytes approximate size at which an extent is sealed
 * @param reserveBytes a folder with less free space than this takes no more chunks
 * @param durable false trades {@code fdatasync} for speed: then a power failure loses acknowledged
 *     chunks, the death of the process does not
 */
public record ExtentSettings(long extentBytes, long reserveBytes, boolean durable) {
  /** Extents of about 1 GiB, as in Azure Storage, and a reserve of 1 GiB for rows and logs. */
  public static final ExtentSettings DEFAULT = new ExtentSettings(1L << 30, 1L << 30, true);
}
