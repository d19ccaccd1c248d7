package rondo.ring.streaming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Time;
import rondo.ring.quorum.Proposer;
import rondo.ring.quorum.ProposerFactory;
import rondo.ring.quorum.Round;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Completes a conditional write that an old owner has accepted, among the old and the new owners
 * together: the old ones alone may have chosen it already, and the new ones must not choose another
 * successor of the same base.
 */
final class UnfinishedWrites {
  private static final int TRIES = 20;
  private static final long ASK_NANOS = 1_000_000_000L;

  private final ProposerFactory proposers;
  private final Layout layout;
  private final Time time;

  UnfinishedWrites(ProposerFactory proposers, Layout layout, Time time) {
    this.proposers = proposers;
    this.layout = layout;
    this.time = time;
  }

  /**
   * Completes the write on {@code key}; false when no quorum was reached, and then it may be tried
   * again.
   */
  boolean finish(Key key, Stamp accepted) {
    Placement placement = layout.placement(layout.ring().partitionOf(key.partition()));
    for (int i = 0; i < TRIES; i++) {
      VersionedValue newest = newest(placement, key);
      if (newest == null) {
        continue;
      }
      Stamp base = newest.stamp().compareTo(accepted) > 0 ? newest.stamp() : accepted;
      Proposer proposer =
          proposers.of(
              layout.epoch(), placement.writeSets(), key, base, time.nanos() + 3 * ASK_NANOS);
      Proposer.End end = proposer.choose(null);
      if (end instanceof Proposer.End.Chosen) {
        return true;
      }
      if (end instanceof Proposer.End.Open) {
        return spread(placement, key, newest);
      }
      VersionedValue later =
          end instanceof Proposer.End.Past ? newestAnywhere(placement, key) : newest;
      if (later.stamp().compareTo(base) > 0) {
        return spread(placement, key, later);
      }
    }
    return false;
  }

  /**
   * Brings the newest state to all write sets, as after any read: no value was chosen on top of it.
   */
  private boolean spread(Placement placement, Key key, VersionedValue newest) {
    var propagate = new Request.Propagate(layout.epoch(), key, newest);
    Round round = round(placement.writeSets());
    return newest.stamp().equals(Stamp.ZERO)
        || round.gather(propagate, Reply.Done.class::isInstance, Round.Persistence.ALL)
            == Round.End.REACHED;
  }

  /**
   * The newest state of all old owners that answer in time; null when those are no quorum. Waiting
   * for all of them also finds a state on one owner alone that would block the ballot.
   */
  private @Nullable VersionedValue newest(Placement placement, Key key) {
    ReplicaSet readers = placement.readSets().getFirst();
    List<VersionedValue> states = states(List.of(readers), key);
    return states.size() >= readers.needed() ? newest(states) : null;
  }

  /**
   * The newest state that any owner answers with, old or new. One that a new owner alone has may
   * have decided what was accepted: its coordinator died before the old ones heard of it.
   */
  private VersionedValue newestAnywhere(Placement placement, Key key) {
    return newest(states(placement.allSets(), key));
  }

  private static VersionedValue newest(List<VersionedValue> states) {
    return states.stream()
        .max(Comparator.comparing(VersionedValue::stamp))
        .orElse(VersionedValue.NEVER);
  }

  /** The states of all nodes in the sets that answer in time. */
  private List<VersionedValue> states(List<ReplicaSet> sets, Key key) {
    var all = sets.stream().map(set -> new ReplicaSet(set.nodes(), set.nodes().size())).toList();
    Round round = round(all);
    round.gather(
        new Request.Query(layout.epoch(), key, true),
        Reply.State.class::isInstance,
        Round.Persistence.ALL);
    var states = new ArrayList<VersionedValue>();
    for (Reply reply : round.replies().values()) {
      if (reply instanceof Reply.State(VersionedValue state, boolean _)) {
        states.add(state);
      }
    }
    return states;
  }

  private Round round(List<ReplicaSet> sets) {
    return proposers.messenger().round(layout.epoch(), sets, time.nanos() + ASK_NANOS);
  }
}
