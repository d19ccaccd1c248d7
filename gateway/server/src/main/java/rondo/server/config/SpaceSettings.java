package rondo.server.config;

/**
 * What a node does as a disk fills. Percentages are of what the disk could hold for this node: what
 * its data takes there, and what is free.
 *
 * @param warnPercent from which it warns
 * @param movePercent from which changes of the layout move nothing more to it
 * @param fullPercent from which it takes no new data
 * @param reserveBytes free space in which it takes no new data, whatever the percentage; 0: as much
 *     as deletes and the metadata's memory need
 */
public record SpaceSettings(int warnPercent, int movePercent, int fullPercent, long reserveBytes) {
  public SpaceSettings {
    if (warnPercent < 1 || warnPercent > movePercent || movePercent > fullPercent) {
      throw new IllegalArgumentException(
          "--space-warn, --space-move and --space-full are percentages that don't fall");
    }
    if (fullPercent > 100) {
      throw new IllegalArgumentException("--space-full is at most 100");
    }
  }
}
