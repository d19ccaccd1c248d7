package rondo.ring.rebuild;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * The first part of a lost range, and the nodes from which all of it was taken over. For one
 * thread.
 */
final class RebuildStep {
  final long epoch;
  final Witnesses witnesses;
  final Set<NodeId> copiedFrom = new TreeSet<>();

  /** Whether the end is known: the first node to be copied determines it. */
  boolean bounded;

  /** The end of the step, exclusive; null for the end of the range. */
  @Nullable Key end;

  /**
   * @param epoch the epoch under which all are asked
   * @param witnesses the voters of that epoch
   */
  RebuildStep(long epoch, Witnesses witnesses) {
    this.epoch = epoch;
    this.witnesses = witnesses;
  }

  /** Whether the step must copy from more nodes. */
  boolean needsMore() {
    return !witnesses.areEnough(copiedFrom);
  }
}
