package rondo.ring.node;

import java.util.function.Function;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Replica;
import rondo.ring.value.NodeId;

/**
 * Answers every request to a node, its own ones included: the one place where a request's family
 * decides how it is treated. Thread-safe.
 */
public final class RequestDispatcher implements Replica {
  private final EpochFence fence;
  private final StateIntake intake;
  private final Function<Request.Rows, Reply> rows;
  private final Function<Request.Membership, Reply> membership;
  private final Function<Request.Node, Reply> node;

  /**
   * @param fence holds requests on rows to the epoch that they name
   * @param intake handles the states that coordinators send
   * @param rows reads and changes this node's rows, and doesn't look at epochs
   */
  public RequestDispatcher(
      EpochFence fence,
      StateIntake intake,
      Function<Request.Rows, Reply> rows,
      Function<Request.Membership, Reply> membership,
      Function<Request.Node, Reply> node) {
    this.fence = fence;
    this.intake = intake;
    this.rows = rows;
    this.membership = membership;
    this.node = node;
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    return switch (request) {
      case Request.Rows onRows when RescueRegister.isMeantBy(onRows) ->
          fence.alone(from, onRows.epoch(), () -> rows.apply(onRows));
      case Request.Propagate state ->
          fence.under(from, state.epoch(), () -> intake.take(state, () -> rows.apply(state)));
      case Request.Rows onRows -> fence.under(from, onRows.epoch(), () -> rows.apply(onRows));
      case Request.Membership onLayouts -> membership.apply(onLayouts);
      case Request.Node onNode -> node.apply(onNode);
    };
  }
}
