package rondo.ring.hint;

import java.util.List;
import rondo.ring.value.NodeId;

/**
 * Where a node keeps its hints, per target and in their order. Thread-safe; may wait for a disk.
 */
public interface HintStore {
  /** Notes hints for a target, durably; false when there is no room, or the disk takes no more. */
  boolean add(NodeId target, List<Hint> hints);

  /** Those with hints. */
  List<NodeId> targets();

  /** The oldest hints of a target, at most so many. */
  List<Hint> oldest(NodeId target, int limit);

  /** Forgets hints that {@link #oldest} gave. */
  void remove(NodeId target, List<Hint> hints);

  /** How many there are. */
  long count();
}
