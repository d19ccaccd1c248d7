package rondo.ring.quorum;

import java.util.List;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.version.HybridClock;

/** Makes one node's {@link Proposer}s for replicas that are known beforehand. Thread-safe. */
public record ProposerFactory(NodeId self, HybridClock clock, Messenger messenger) {
  /** A new ballot for the successor of {@code base}, among these replicas. */
  public Proposer of(
      long epoch, List<ReplicaSet> writeSets, Key key, Stamp base, long deadlineNanos) {
    return new Proposer(
        self, clock, () -> messenger.round(epoch, writeSets, deadlineNanos), key, base);
  }
}
