package rondo.ring.port;

import rondo.ring.placement.Placement;
import rondo.ring.register.Bytes;

/** The newest layout that this node knows. Thread-safe; never blocks. */
public interface Placements {
  /** Where the rows of this partition key live; a later call may know a newer layout. */
  Placement of(Bytes partition);

  /** A replica says that a layout of {@code epoch} exists: fetch it, in the background. */
  void stale(long epoch);
}
