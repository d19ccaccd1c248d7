package rondo.ring.repair;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Layout;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Replica;
import rondo.ring.port.Time;

/**
 * A node's replica that takes states of keys that aren't its own in the stead of their owners, and
 * has hints for all of these on its disk before it says so. They don't expire: what they bring may
 * be nowhere else. Whoever doesn't reach the owners reads the state here. Thread-safe.
 */
public final class StandIn implements Replica {
  private final NodeId self;
  private final Replica inner;
  private final HintStore hints;
  private final Supplier<@Nullable Layout> layouts;
  private final Time time;
  private long last;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   */
  public StandIn(
      NodeId self, Replica inner, HintStore hints, Supplier<@Nullable Layout> layouts, Time time) {
    this.self = self;
    this.inner = inner;
    this.hints = hints;
    this.layouts = layouts;
    this.time = time;
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    Layout layout = layouts.get();
    Reply reply = inner.handle(from, request);
    if (layout == null
        || !(request instanceof Request.Propagate propagate)
        || !(reply instanceof Reply.Done || reply instanceof Reply.Moved)) {
      return reply;
    }
    List<NodeId> owners = Shared.owners(layout, propagate.key());
    if (owners.contains(self)) {
      return reply;
    }
    var hint = Hint.ofStandIn(next(), propagate.key(), propagate.state());
    return owners.stream().allMatch(owner -> hints.add(owner, List.of(hint)))
        ? reply
        : new Reply.Refused(Reply.Reason.UNAVAILABLE, "no room for what owners are to be told");
  }

  private synchronized long next() {
    last = Math.max(last + 1, time.wallMicros());
    return last;
  }

  @Override
  public void drop(List<Row> rows) {
    inner.drop(rows);
  }
}
