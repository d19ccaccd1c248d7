package rondo.storage.extent.file;

/**
 * How a store keeps its extents.
 *
 * @param extentBytes about how large an extent grows before it is sealed
 * @param reserveBytes a folder with less free space than this takes no more chunks
 * @param durable false trades {@code fdatasync} for speed: a power failure loses what was
 *     acknowledged, the kill of the process does not
 */
public record ExtentSettings(long extentBytes, long reserveBytes, boolean durable) {
  /** Azure Storage's extents are about 1 GiB; 1 GiB of reserve leaves room for rows and logs. */
  public static final ExtentSettings DEFAULT = new ExtentSettings(1L << 30, 1L << 30, true);
}
