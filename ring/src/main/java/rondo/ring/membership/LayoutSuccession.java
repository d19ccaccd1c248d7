package rondo.ring.membership;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.Gossip;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.RescueRegister;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Proposer;
import rondo.ring.quorum.ProposerFactory;
import rondo.ring.quorum.Round;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Chooses the layout that follows a layout. Epoch e+1 is the successor of epoch e in a register of
 * its own, chosen by a majority of the voters of e; so there is exactly one, however many nodes
 * propose. Thread-safe.
 */
final class LayoutSuccession {
  private static final Key KEY = new Key(LayoutKeeper.TABLE, Bytes.utf8("layout"), Bytes.EMPTY);
  private static final long TRY_NANOS = 3_000_000_000L;

  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final ProposerFactory proposers;
  private final Tasks tasks;
  private final Time time;
  private final Randomness chance;

  LayoutSuccession(LayoutKeeper keeper, Gossip gossip, ProposerFactory proposers, NodePorts ports) {
    this.keeper = keeper;
    this.gossip = gossip;
    this.proposers = proposers;
    this.tasks = ports.tasks();
    this.time = ports.time();
    this.chance = ports.chance();
  }

  /**
   * Tries once to make {@code next} the successor of {@code layout}, or to finish the choice of
   * another one, and installs the chosen layout here. True when that is {@code next}.
   */
  boolean propose(Layout layout, Layout next) {
    // An epoch that can't be fenced would block the rows that move: better to propose none.
    if (!next.fences(id -> !keeper.suspected(id))) {
      return false;
    }
    return choose(layout, next, KEY, layout.voters());
  }

  /**
   * Tries once to make {@code next} the layout by which the survivors of {@code layout} go on, or
   * to finish the choice of another one, and installs the chosen layout here. All survivors must
   * vote for it. So of two rescues that have a survivor in common, one is chosen. True when that is
   * {@code next}.
   */
  boolean rescue(Layout layout, Layout next, List<NodeId> survivors) {
    return choose(layout, next, RescueRegister.KEY, new ReplicaSet(survivors, survivors.size()));
  }

  private boolean choose(Layout layout, Layout next, Key key, ReplicaSet voters) {
    var base = new Stamp(0, 0, Math.toIntExact(layout.epoch()));
    long deadline = time.nanos() + TRY_NANOS;
    Bytes proposal = LayoutCodec.encode(next);
    Proposer proposer = proposers.of(layout.epoch(), List.of(voters), key, base, deadline);
    switch (proposer.choose(proposal)) {
      case Proposer.End.Chosen(Bytes value) when value != null -> {
        keeper.install(LayoutCodec.decode(value));
        gossip.push();
        return value.equals(proposal);
      }
      case Proposer.End.Past() -> learn(layout, key, voters);
      default -> tasks.mailbox().take(time.nanos() + 10_000_000L + chance.nextInt(400_000_000));
    }
    return false;
  }

  /**
   * Asks the voters for the next layout: its proposer may have died before it told another node.
   */
  private void learn(Layout layout, Key key, ReplicaSet voters) {
    gossip.hurry();
    var query = new Request.Query(layout.epoch(), key, true);
    long deadline = time.nanos() + TRY_NANOS;
    Round round = proposers.messenger().round(layout.epoch(), List.of(voters), deadline);
    round.gather(query, reply -> successor(reply, layout) != null, Round.Persistence.ALL);
    for (Reply reply : round.replies().values()) {
      @Nullable Bytes value = successor(reply, layout);
      if (value != null) {
        keeper.install(LayoutCodec.decode(value));
      }
    }
  }

  private static @Nullable Bytes successor(Reply reply, Layout layout) {
    return reply instanceof Reply.State(VersionedValue state, boolean _)
            && state.stamp().rmw() > layout.epoch()
        ? state.value()
        : null;
  }
}
