package rondo.ring.hint;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.StateIntake;
import rondo.ring.port.Time;
import rondo.ring.repair.SharedPartitions;
import rondo.ring.value.NodeId;

/**
 * Sloppy quorums (Dynamo, section 4.6): lets this node take states of other nodes' keys in place of
 * their owners. The node stores hints for all owners on its disk before it confirms a state. These
 * hints don't expire, since no other node may have their states. A coordinator that can't reach the
 * owners reads the state here. Thread-safe.
 */
public final class SloppyQuorum implements StateIntake {
  private final NodeId self;
  private final HintStore hints;
  private final Supplier<@Nullable Layout> layouts;
  private final Time time;
  private long last;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   */
  public SloppyQuorum(NodeId self, HintStore hints, Supplier<@Nullable Layout> layouts, Time time) {
    this.self = self;
    this.hints = hints;
    this.layouts = layouts;
    this.time = time;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where this node is no owner of the key, the owners' hints are written before it answers.
   */
  @Override
  public Reply take(Request.Propagate propagate, Supplier<Reply> replica) {
    Layout layout = layouts.get();
    Reply reply = replica.get();
    if (layout == null || !(reply instanceof Reply.Done || reply instanceof Reply.Moved)) {
      return reply;
    }
    List<NodeId> owners = SharedPartitions.owners(layout, propagate.key());
    if (owners.contains(self)) {
      return reply;
    }
    var hint = Hint.ofSubstitute(next(), propagate.key(), propagate.state());
    return owners.stream().allMatch(owner -> hints.add(owner, List.of(hint)))
        ? reply
        : new Reply.Refused(Reply.Reason.UNAVAILABLE, "no room for what owners are to be told");
  }

  private synchronized long next() {
    last = Math.max(last + 1, time.wallMicros());
    return last;
  }
}
