package rondo.ring.repair;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.NodeId;

/** The questions of repair to one node, each asked once. Thread-safe; blocks. */
public record PeerQuestions(Messenger messenger) {
  /** A comparison reads a disk, so a peer gets more time than a coordinator would give it. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** Asks a node; null when no reply came in time. */
  @Nullable
  public Reply ask(NodeId to, Request request) {
    return messenger.ask(to, request, deadline());
  }

  /**
   * Sends all requests at once. Returns the replies in the order of the requests, null where none
   * came in time.
   */
  public List<@Nullable Reply> askAll(NodeId to, List<? extends Request> requests) {
    return messenger.askAll(to, requests, deadline());
  }

  /** Asks for {@code count} sums; null when the node doesn't reply with so many. */
  Reply.@Nullable Sums sums(NodeId of, Request.Repair request, int count) {
    return ask(of, request) instanceof Reply.Sums sums && sums.count() == count ? sums : null;
  }

  /** Whether the node has taken the rows, durably. */
  boolean push(NodeId to, long epoch, List<Row> rows) {
    return rows.isEmpty() || ask(to, new Request.PushRows(epoch, rows)) instanceof Reply.Done;
  }

  public void pause(long nanos) {
    messenger.pause(nanos);
  }

  private long deadline() {
    return messenger.time().nanos() + PATIENCE_NANOS;
  }
}
