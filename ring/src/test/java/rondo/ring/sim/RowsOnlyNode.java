package rondo.ring.sim;

import java.util.function.Function;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.RequestDispatcher;
import rondo.ring.node.StateIntake;
import rondo.ring.port.Replica;
import rondo.ring.value.NodeId;

/** A node that answers requests on rows alone, under any epoch. */
public final class RowsOnlyNode implements Replica {
  private final RequestDispatcher dispatcher;

  public RowsOnlyNode(Function<Request.Rows, Reply> rows) {
    this(rows, (propagate, replica) -> replica.get());
  }

  public RowsOnlyNode(Function<Request.Rows, Reply> rows, StateIntake intake) {
    this.dispatcher =
        new RequestDispatcher(
            (from, epoch, answer) -> answer.get(),
            intake,
            rows,
            RowsOnlyNode::refuse,
            RowsOnlyNode::refuse);
  }

  /** The refusal of all other requests. */
  public static Reply refuse(Request request) {
    return new Reply.Refused(Reply.Reason.MALFORMED, "not simulated");
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    return dispatcher.handle(from, request);
  }
}
