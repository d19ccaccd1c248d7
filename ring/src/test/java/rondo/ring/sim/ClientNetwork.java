package rondo.ring.sim;

import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/**
 * The network of one operation: its coordinator may die half-way through a round, and a mutation
 * answers in the replicas' place.
 */
final class ClientNetwork implements Network {
  private final RegisterCluster cluster;
  private final Network wire;
  private final RegisterWorkload.Kind kind;
  private final double deaths;
  private final Runnable worstMoment;
  private @Nullable Class<?> round;
  private int sendsLeft = Integer.MAX_VALUE;

  ClientNetwork(
      RegisterCluster cluster,
      Network wire,
      RegisterWorkload.Kind kind,
      double deaths,
      Runnable worstMoment) {
    this.cluster = cluster;
    this.wire = wire;
    this.kind = kind;
    this.deaths = deaths;
    this.worstMoment = worstMoment;
  }

  @Override
  public void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    perhapsDie(request);
    Reply lie = lie(request);
    if (lie == null) {
      wire.send(to, request, deadlineNanos, answers);
    } else {
      cluster.simulation.at(Simulation.MILLIS, () -> answers.put(new Answer(to, lie)));
    }
  }

  private void perhapsDie(Request request) {
    if (request.getClass() != round) {
      round = request.getClass();
      boolean chosen = request instanceof Request.Propagate p && p.state().stamp().rmw() > 0;
      if (cluster.random.nextDouble() < deaths * (chosen ? 5 : 1)) {
        sendsLeft = cluster.random.nextInt(chosen ? 2 : 4);
        if (chosen) {
          worstMoment.run();
        }
      }
    }
    if (sendsLeft-- == 0) {
      throw new Simulation.Killed();
    }
  }

  private @Nullable Reply lie(Request request) {
    return switch (cluster.mutation) {
      case NO_READ_REPAIR ->
          kind == RegisterWorkload.Kind.READ && request instanceof Request.Propagate
              ? new Reply.Done()
              : null;
      case NO_CONSENSUS ->
          switch (request) {
            case Request.Prepare _ -> new Reply.Promised(null);
            case Request.Accept _ -> new Reply.Done();
            default -> null;
          };
      case NO_WRITE_QUERY ->
          kind == RegisterWorkload.Kind.WRITE && request instanceof Request.Query
              ? new Reply.State(VersionedValue.NEVER, false)
              : null;
      case NONE, NO_COPY, NO_INSTANCE, NO_FENCE, SMALL_QUORUMS -> null;
    };
  }
}
