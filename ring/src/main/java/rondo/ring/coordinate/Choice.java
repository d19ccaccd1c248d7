package rondo.ring.coordinate;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.register.Accepted;
import rondo.ring.register.Ballot;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.version.Stamp;

/** One ballot of the Paxos instance that chooses the successor of one base stamp. */
final class Choice {
  private final Surroundings world;
  private final Key key;
  private final Placement placement;
  private final Stamp base;
  private final long deadlineNanos;
  private final Ballot ballot;
  private Round round;

  Choice(Surroundings world, Key key, Placement placement, Stamp base, long deadlineNanos) {
    this.world = world;
    this.key = key;
    this.placement = placement;
    this.base = base;
    this.deadlineNanos = deadlineNanos;
    this.ballot = new Ballot(world.clock().tick(0), world.self().value());
    this.round = newRound();
  }

  Ballot ballot() {
    return ballot;
  }

  /** The newest round. */
  Round round() {
    return round;
  }

  Round.End prepare() {
    var request = new Request.Prepare(placement.epoch(), key, base, ballot);
    Round.End end = round.gather(request, Reply.Promised.class);
    learn();
    return end;
  }

  /** After {@link #prepare} was reached: what may already be chosen, and nothing else may be. */
  @Nullable Accepted pending() {
    return round.replies().values().stream()
        .map(reply -> reply instanceof Reply.Promised(Accepted accepted) ? accepted : null)
        .filter(accepted -> accepted != null)
        .max(Comparator.comparing(Accepted::ballot))
        .orElse(null);
  }

  Round.End accept(Ballot origin, @Nullable Bytes value) {
    round = newRound();
    var request = new Request.Accept(placement.epoch(), key, base, ballot, origin, value);
    Round.End end = round.gather(request, Reply.Done.class);
    learn();
    return end;
  }

  /** The next ballot is higher than all that were seen. */
  private void learn() {
    for (Reply reply : round.replies().values()) {
      if (reply instanceof Reply.Outbid(Ballot promised)) {
        world.clock().tick(promised.round());
      }
    }
  }

  private Round newRound() {
    return new Round(world, key.partition(), placement, placement.writeSets(), deadlineNanos);
  }
}
