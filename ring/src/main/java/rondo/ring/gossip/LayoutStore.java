package rondo.ring.gossip;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** Keeps a node's layout durably. Thread-safe. */
public interface LayoutStore {
  /** The layout that was saved last; null on a new node. */
  @Nullable Bytes load();

  /**
   * Replaces the layout atomically, and returns once it is on stable storage: a node that forgot a
   * layout would let an older epoch reach quorums again.
   */
  void save(Bytes layout);
}
