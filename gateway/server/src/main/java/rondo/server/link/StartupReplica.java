package rondo.server.link;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Replica;
import rondo.ring.value.NodeId;

/**
 * Refuses requests while a node starts, and passes them on afterwards. The node port has to listen
 * before the node has a membership, because the layout names that port. Thread-safe.
 */
public final class StartupReplica implements Replica {
  private final AtomicReference<@Nullable Replica> started = new AtomicReference<>();

  /** Makes {@code replica} answer from now on. */
  public void open(Replica replica) {
    started.set(replica);
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    Replica replica = started.get();
    return replica == null
        ? new Reply.Refused(Reply.Reason.UNAVAILABLE, "the node is starting")
        : replica.handle(from, request);
  }
}
