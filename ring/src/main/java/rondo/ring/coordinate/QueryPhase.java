package rondo.ring.coordinate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.quorum.Round;
import rondo.ring.quorum.Tally;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Asks replicas for the newest state of a key: the value of one, the stamps of the others. If the
 * newest state came without its value, or the replica asked for the value is slow, it asks another
 * holder of the state. This is the query phase of ABD and Gryff.
 */
final class QueryPhase {
  /**
   * How long the phase waits for the value after a quorum has answered, before it asks elsewhere.
   */
  private static final long HEDGE_NANOS = 20_000_000L;

  private final CoordinatorContext context;
  private final Placement placement;
  private final Key key;
  private final Round round;
  private final List<ReplicaSet> sets;
  private final Set<NodeId> asked = new TreeSet<>();
  private final Set<NodeId> awaited = new TreeSet<>();
  private long hedgeNanos = HEDGE_NANOS;
  private long hedgeAt = Long.MAX_VALUE;
  private VersionedValue newest = VersionedValue.NEVER;
  private boolean valueKnown = true;

  QueryPhase(
      CoordinatorContext context,
      Placement placement,
      Key key,
      List<ReplicaSet> sets,
      long deadlineNanos) {
    this.context = context;
    this.placement = placement;
    this.key = key;
    this.sets = sets;
    this.round = context.round(key.partition(), placement, sets, context.until(deadlineNanos));
  }

  Round round() {
    return round;
  }

  /** The newest state that any replica reported, once a quorum was reached. */
  VersionedValue state() {
    return newest;
  }

  /** Whether a write quorum is known to hold the newest state. */
  boolean settled() {
    if (newest.stamp().equals(Stamp.ZERO)) {
      return true;
    }
    var holders = new Tally(placement.writeSets());
    markHolders(holders);
    return holders.reached();
  }

  /** Counts the replicas that are known to hold the newest state. */
  void markHolders(Tally tally) {
    round.replies().forEach((node, reply) -> markHolder(tally, node, reply));
  }

  private void markHolder(Tally tally, NodeId node, Reply reply) {
    if (reply instanceof Reply.State(VersionedValue state, boolean _)
        && state.stamp().equals(newest.stamp())) {
      tally.yes(node);
    }
  }

  Round.End ask() {
    List<NodeId> order =
        context.suspects().inOrder(context.self(), round.tally().nodes(), context.chance());
    await(order.getFirst());
    var hedged =
        new HedgedRound(
            context, round, sets, order, node -> query(awaited.contains(node)), HEDGE_NANOS);
    while (true) {
      if (round.staleEpoch() > 0) {
        return Round.End.STALE;
      }
      if (round.tally().reached() && valueKnown) {
        return Round.End.REACHED;
      }
      if (round.tally().impossible()) {
        return Round.End.IMPOSSIBLE;
      }
      if (round.tally().reached()) {
        seekValue();
      } else if (hedged.isDue()) {
        if (!round.tally().answered(order.getFirst())) {
          await(hedged.rest().getFirst());
        }
        hedged.askRest();
      }
      long wake = round.tally().reached() ? hedgeAt : hedged.wakeNanos();
      Answer answer = round.next(wake, node -> query(awaited.contains(node)));
      if (answer != null) {
        note(answer);
      } else if (round.expired()) {
        return Round.End.SILENT;
      }
    }
  }

  /** Notes that {@code node} is the one to be asked for the value. */
  private void await(NodeId node) {
    asked.add(node);
    awaited.add(node);
  }

  /**
   * Asks another holder for the value. A quorum has answered, but the replica that was asked for
   * the value is silent or has an old one.
   */
  private void seekValue() {
    long now = context.time().nanos();
    if (!awaited.isEmpty() && hedgeAt == Long.MAX_VALUE) {
      hedgeAt = now + hedgeNanos;
    }
    if (!awaited.isEmpty() && now < hedgeAt) {
      return;
    }
    awaited.forEach(context.suspects()::silent);
    var holders = new Tally(placement.allSets());
    markHolders(holders);
    List<NodeId> able = round.tally().nodes().stream().filter(holders::answered).toList();
    NodeId next = able.stream().filter(node -> !asked.contains(node)).findFirst().orElse(null);
    if (next == null) {
      asked.clear();
      next = able.getFirst();
    }
    await(next);
    round.send(next, query(true));
    hedgeAt = now + hedgeNanos;
    hedgeNanos *= 2;
  }

  private void note(Answer answer) {
    if (!(answer.reply() instanceof Reply.State(VersionedValue state, boolean present))) {
      round.note(answer, false);
      return;
    }
    boolean complete = state.isPresent() || !present;
    if (complete) {
      awaited.remove(answer.from());
    }
    int order = state.stamp().compareTo(newest.stamp());
    Reply before = round.replies().get(answer.from());
    if (!(before instanceof Reply.State old) || isNewer(state, old.state())) {
      round.note(answer, true);
    }
    if (order > 0 || (order == 0 && complete && !valueKnown)) {
      newest = state;
      valueKnown = complete;
    }
  }

  private static boolean isNewer(VersionedValue state, VersionedValue than) {
    return state.stamp().compareTo(than.stamp()) > 0;
  }

  private Request query(boolean full) {
    return new Request.Query(placement.epoch(), key, full);
  }
}
