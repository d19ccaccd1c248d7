package rondo.ring.membership;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.LayoutCodec;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * Which layout follows which. Epoch e+1 is the successor of epoch e in a register of its own,
 * chosen by a majority of the voters of e; so whoever proposes, and however many do, there is one.
 * Thread-safe.
 */
final class Succession {
  /** The table of layouts: its register is local to the voters, and never moves. */
  static final int TABLE = 9;

  private static final Key KEY = new Key(TABLE, Bytes.utf8("layout"), Bytes.EMPTY);
  private static final long TRY_NANOS = 3_000_000_000L;

  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final Choice choice;
  private final Tasks tasks;
  private final Time time;
  private final Randomness chance;

  Succession(
      LayoutKeeper keeper,
      Gossip gossip,
      Choice choice,
      Tasks tasks,
      Time time,
      Randomness chance) {
    this.keeper = keeper;
    this.gossip = gossip;
    this.choice = choice;
    this.tasks = tasks;
    this.time = time;
    this.chance = chance;
  }

  /**
   * One try at making {@code next}, or what others have chosen, the successor of {@code layout}.
   * True when {@code next} is it; what is, is installed here.
   */
  boolean propose(Layout layout, Layout next) {
    // An epoch that could not be fenced would stop the rows that move: better none than that.
    if (!next.fences(id -> !keeper.suspected(id))) {
      return false;
    }
    var base = new Stamp(0, 0, Math.toIntExact(layout.epoch()));
    long deadline = time.nanos() + TRY_NANOS;
    Bytes proposal = LayoutCodec.encode(next);
    var end =
        choice.choose(layout.epoch(), List.of(layout.voters()), KEY, base, proposal, deadline);
    switch (end) {
      case Choice.End.Chosen(Bytes value) when value != null -> {
        keeper.install(LayoutCodec.decode(value));
        gossip.push();
        return value.equals(proposal);
      }
      case Choice.End.Past() -> learn(layout);
      default -> tasks.mailbox().take(time.nanos() + 10_000_000L + chance.nextInt(400_000_000));
    }
    return false;
  }

  /** The next layout is chosen, but who chose it may have died before it told anybody else. */
  private void learn(Layout layout) {
    gossip.hurry();
    var query = new Request.Query(layout.epoch(), KEY, true);
    long deadline = time.nanos() + TRY_NANOS;
    var asked =
        choice.ask(
            List.of(layout.voters()),
            query,
            reply ->
                reply instanceof Reply.State(Versioned state, boolean _)
                    && state.stamp().rmw() > layout.epoch(),
            deadline);
    for (Reply reply : asked.replies()) {
      @Nullable Bytes value = successor(reply, layout);
      if (value != null) {
        keeper.install(LayoutCodec.decode(value));
      }
    }
  }

  private static @Nullable Bytes successor(Reply reply, Layout layout) {
    return reply instanceof Reply.State(Versioned state, boolean _)
            && state.stamp().rmw() > layout.epoch()
        ? state.value()
        : null;
  }
}
