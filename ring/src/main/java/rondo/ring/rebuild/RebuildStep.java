package rondo.ring.rebuild;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/** The first part of a loss, and from whom all of it was taken over. For one thread. */
final class RebuildStep {
  final long epoch;
  final Witnesses witnesses;
  final Set<NodeId> told = new TreeSet<>();

  /** Where the first who told left off: only then is the end known. */
  boolean bounded;

  /** Exclusive; null for that of the loss. */
  @Nullable Key end;

  /**
   * @param epoch under which all are asked
   * @param witnesses those who have a say then
   */
  RebuildStep(long epoch, Witnesses witnesses) {
    this.epoch = epoch;
    this.witnesses = witnesses;
  }

  /** Whether more have to be heard. */
  boolean lacks() {
    return !witnesses.areEnough(told);
  }
}
