package rondo.ring.coordinate;

import java.util.List;
import rondo.ring.message.Reply;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** One read, at a consistency level. */
final class ReadOperation {
  private final CoordinatorContext context;
  private final Stamp atLeast;
  private final long deadlineNanos;
  private final Attempts attempts;
  private final boolean settles;
  private ConsistencyLevel level;

  ReadOperation(
      CoordinatorContext context,
      Key key,
      ConsistencyLevel level,
      Stamp atLeast,
      long deadlineNanos) {
    this.context = context;
    this.level = level;
    this.settles = level == ConsistencyLevel.LINEARIZABLE;
    this.atLeast = atLeast;
    this.deadlineNanos = deadlineNanos;
    this.attempts = new Attempts(context, key, deadlineNanos);
  }

  Outcome<VersionedValue> run() {
    while (true) {
      Key key = attempts.key();
      Placement placement = context.placements().of(key.partition());
      List<ReplicaSet> sets = sets(context, placement, level);
      var newest = new QueryPhase(context, placement, key, sets, deadlineNanos);
      Round.End end = newest.ask();
      Round last = newest.round();
      if (end == Round.End.REACHED && newest.state().stamp().compareTo(atLeast) < 0) {
        if (level == ConsistencyLevel.ALL && newest.state().equals(VersionedValue.NEVER)) {
          // The state was a tombstone, or was deleted since, and the tombstone is purged.
          return new Outcome.Reached<>(VersionedValue.NEVER);
        }
        if (level == ConsistencyLevel.ALL) {
          return new Outcome.Refused<>(
              Reply.Reason.UNAVAILABLE, "no replica has what was seen before: " + atLeast);
        }
        level = level.stronger();
        continue;
      }
      if (end == Round.End.REACHED && settles && !newest.settled()) {
        last =
            context.round(
                key.partition(), placement, placement.writeSets(), context.until(deadlineNanos));
        end = settle(newest, placement, last);
      }
      if (end == Round.End.REACHED) {
        return new Outcome.Reached<>(newest.state());
      }
      if (!attempts.awaitRetry(last, end)) {
        return RetryPolicy.refused(last);
      }
    }
  }

  private Round.End settle(QueryPhase newest, Placement placement, Round repair) {
    newest.markHolders(repair.tally());
    return repair.gather(
        Coordinator.propagate(placement, attempts.key(), newest.state()),
        Reply.Done.class::isInstance,
        Round.Persistence.CERTAINTY);
  }

  /** The replicas whose answers a read of that level waits for. */
  static List<ReplicaSet> sets(
      CoordinatorContext context, Placement placement, ConsistencyLevel level) {
    return switch (level) {
      case ONE -> List.of(new ReplicaSet(placement.readSets().getFirst().nodes(), 1));
      case LOCAL_QUORUM -> placement.readSets().stream().map(set -> near(context, set)).toList();
      case QUORUM -> placement.readSets();
      case LINEARIZABLE -> placement.allSets();
      case ALL ->
          placement.allSets().stream()
              .map(set -> new ReplicaSet(set.nodes(), set.nodes().size()))
              .toList();
    };
  }

  private static ReplicaSet near(CoordinatorContext context, ReplicaSet set) {
    List<NodeId> near = set.nodes().stream().filter(context.placements()::isNear).toList();
    return near.isEmpty() ? set : new ReplicaSet(near, near.size() / 2 + 1);
  }
}
