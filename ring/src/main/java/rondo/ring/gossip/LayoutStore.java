package rondo.ring.gossip;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** Where a node keeps its layout. Thread-safe. */
public interface LayoutStore {
  /** What was saved last; null on a new node. */
  @Nullable Bytes load();

  /**
   * Replaces what is there, atomically, and returns once it is on stable storage: a node that
   * forgot a layout would let an older epoch reach quorums again.
   */
  void save(Bytes layout);
}
