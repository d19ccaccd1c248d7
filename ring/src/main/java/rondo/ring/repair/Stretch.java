package rondo.ring.repair;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.NodeId;
import rondo.ring.register.Key;

/** The first part of a loss, and from whom all of it was taken over. For one thread. */
final class Stretch {
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
  Stretch(long epoch, Witnesses witnesses) {
    this.epoch = epoch;
    this.witnesses = witnesses;
  }

  /** Whether more have to be heard. */
  boolean lacks() {
    return !witnesses.areEnough(told);
  }
}
