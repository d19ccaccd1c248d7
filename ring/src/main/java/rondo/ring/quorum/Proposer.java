package rondo.ring.quorum;

import java.util.Comparator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.HybridClock;

/**
 * One ballot of the Paxos instance that chooses the successor of one base stamp: the proposer of
 * "Paxos Made Simple" (Lamport, 2001). {@link #choose} runs a whole ballot. Its steps are public
 * for a conditional write, which makes decisions between them. Used by one thread.
 */
public final class Proposer {
  /** How a ballot ended. */
  public sealed interface End {
    /** {@code value} is the base's successor, and a quorum holds it. */
    record Chosen(@Nullable Bytes value) implements End {}

    /** No value was accepted before, and none was proposed. */
    record Open() implements End {}

    /** Some replica is past the base, or in a newer epoch. */
    record Past() implements End {}

    /** No quorum, or outbid: try again later. */
    record Failed() implements End {}
  }

  private final HybridClock clock;
  private final Supplier<Round> rounds;
  private final Key key;
  private final Stamp base;
  private final Ballot ballot;
  private Round round;

  /**
   * @param rounds makes a new round for each step, on the write sets of one placement
   */
  public Proposer(NodeId self, HybridClock clock, Supplier<Round> rounds, Key key, Stamp base) {
    this.clock = clock;
    this.rounds = rounds;
    this.key = key;
    this.base = base;
    this.ballot = new Ballot(clock.tick(0), self.value());
    this.round = rounds.get();
  }

  public Ballot ballot() {
    return ballot;
  }

  /** The round of the latest step. */
  public Round round() {
    return round;
  }

  /**
   * Gets a successor of the base chosen: the value that was accepted before, else {@code proposal}.
   * With a null proposal, it only finishes a choice that other proposers began.
   */
  public End choose(@Nullable Bytes proposal) {
    Round.End end = prepare();
    if (end != Round.End.REACHED) {
      return failed();
    }
    AcceptedValue before = pending();
    if (before == null && proposal == null) {
      return new End.Open();
    }
    Ballot origin = before == null ? ballot : before.origin();
    Bytes value = before == null ? proposal : before.value();
    if (accept(origin, value) != Round.End.REACHED) {
      return failed();
    }
    return propagate(value) == Round.End.REACHED ? new End.Chosen(value) : new End.Failed();
  }

  private End failed() {
    boolean past =
        round.staleEpoch() > 0
            || round.replies().values().stream().anyMatch(Reply.Moved.class::isInstance);
    return past ? new End.Past() : new End.Failed();
  }

  /** Asks the replicas to promise that they accept nothing below this ballot. */
  public Round.End prepare() {
    var request = new Request.Prepare(round.epoch(), key, base, ballot);
    Round.End end = round.gather(request, Reply.Promised.class::isInstance, Round.Persistence.NONE);
    learn();
    return end;
  }

  /**
   * The accepted value of the highest ballot, after {@link #prepare} was reached; null when no
   * replica has accepted one. The value may be chosen already, so this ballot may propose no other.
   */
  public @Nullable AcceptedValue pending() {
    return round.replies().values().stream()
        .map(reply -> reply instanceof Reply.Promised(AcceptedValue accepted) ? accepted : null)
        .filter(accepted -> accepted != null)
        .max(Comparator.comparing(AcceptedValue::ballot))
        .orElse(null);
  }

  /**
   * Asks the replicas to accept a value; once a quorum has, the value is chosen.
   *
   * @param origin the ballot of the conditional write that proposed the value first
   */
  public Round.End accept(Ballot origin, @Nullable Bytes value) {
    round = rounds.get();
    var request = new Request.Accept(round.epoch(), key, base, ballot, origin, value);
    Round.End end =
        round.gather(request, Reply.Done.class::isInstance, Round.Persistence.CERTAINTY);
    learn();
    return end;
  }

  /** Brings the chosen value to a quorum, as the base's successor. */
  private Round.End propagate(@Nullable Bytes value) {
    round = rounds.get();
    var state = new VersionedValue(base.successor(), value);
    return round.gather(
        new Request.Propagate(round.epoch(), key, state),
        Reply.Done.class::isInstance,
        Round.Persistence.CERTAINTY);
  }

  /** Moves the clock past every ballot in the replies, so that the next ballot is higher. */
  private void learn() {
    for (Reply reply : round.replies().values()) {
      if (reply instanceof Reply.Outbid(Ballot promised)) {
        clock.tick(promised.round());
      }
    }
  }
}
