package rondo.ring.hint;

import java.util.List;
import rondo.ring.value.NodeId;

/** Keeps a node's hints, per target and in their order. Thread-safe; may wait for a disk. */
public interface HintStore {
  /**
   * Stores hints for a target durably; false when there is no room, or the disk takes no more
   * writes.
   */
  boolean add(NodeId target, List<Hint> hints);

  /** The targets that have hints. */
  List<NodeId> targets();

  /** The oldest hints of a target, at most {@code limit}. */
  List<Hint> oldest(NodeId target, int limit);

  /** Forgets hints that {@link #oldest} gave. */
  void remove(NodeId target, List<Hint> hints);

  /** The number of hints for all targets. */
  long count();
}
