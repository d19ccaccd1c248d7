package rondo.ring.coordinate;

import java.util.List;
import rondo.ring.coordinate.quorums.RaisedQuorums;
import rondo.ring.coordinate.quorums.SloppyQuorums;
import rondo.ring.coordinate.quorums.SuspectedNodes;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.quorum.Proposer;
import rondo.ring.quorum.Round;
import rondo.ring.quorum.RoundObserver;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.version.HybridClock;

/**
 * The ports and settings that the operations of one coordinator share.
 *
 * @param attemptNanos how long a sloppy quorum waits for owners before it suspects them; {@link
 *     Long#MAX_VALUE} for strict quorums
 */
record CoordinatorContext(
    NodeId self,
    HybridClock clock,
    Placements placements,
    NodePorts ports,
    SuspectedNodes suspects,
    RowVisibility visibility,
    KeyLocator keyLocator,
    long attemptNanos) {
  private static final long SLOPPY_ATTEMPT_NANOS = 300_000_000L;

  CoordinatorContext with(KeyLocator others) {
    return new CoordinatorContext(
        self, clock, placements, ports, suspects, visibility, others, attemptNanos);
  }

  CoordinatorContext with(Quorums quorums) {
    return quorums.equals(Quorums.OF_LAYOUT)
        ? this
        : with(new RaisedQuorums(placements, quorums), attemptNanos);
  }

  /** A context that does without silent owners, as long as {@code least} nodes are left. */
  CoordinatorContext sloppy(int least) {
    return with(new SloppyQuorums(placements, suspects, least), SLOPPY_ATTEMPT_NANOS);
  }

  private CoordinatorContext with(Placements others, long nanos) {
    return new CoordinatorContext(
        self, clock, others, ports, suspects, visibility, keyLocator, nanos);
  }

  boolean isSloppy() {
    return attemptNanos != Long.MAX_VALUE;
  }

  /** When a round ends that belongs to an operation with this deadline. */
  long until(long deadlineNanos) {
    return isSloppy() ? Math.min(deadlineNanos, time().nanos() + attemptNanos) : deadlineNanos;
  }

  /** A round about a partition key, among some sets of its placement. */
  Round round(Bytes partition, Placement placement, List<ReplicaSet> sets, long deadlineNanos) {
    var observer =
        new RoundObserver() {
          @Override
          public void heard(NodeId node) {
            suspects.heard(node);
          }

          @Override
          public boolean suspected(NodeId node) {
            return placements.suspected(node);
          }

          @Override
          public long newestEpoch() {
            return placements.of(partition).epoch();
          }
        };
    return new Round(
        messenger(), placement.epoch(), sets, deadlineNanos, Round.Resend.BACKING_OFF, observer);
  }

  /** A ballot for the successor of {@code base}. */
  Proposer proposer(Key key, Placement placement, Stamp base, long deadlineNanos) {
    return new Proposer(
        self,
        clock,
        () -> round(key.partition(), placement, placement.writeSets(), deadlineNanos),
        key,
        base);
  }

  Messenger messenger() {
    return Messenger.of(ports);
  }

  Tasks tasks() {
    return ports.tasks();
  }

  Time time() {
    return ports.time();
  }

  Randomness chance() {
    return ports.chance();
  }

  /** Blocks the operation's virtual thread for {@code nanos}. */
  void pause(long nanos) {
    messenger().pause(nanos);
  }
}
