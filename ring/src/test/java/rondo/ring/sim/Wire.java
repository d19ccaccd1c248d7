package rondo.ring.sim;

import java.util.SortedSet;
import java.util.TreeSet;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.value.NodeId;

/**
 * Loses, delays and reorders messages, doubles replies, and cuts nodes off, in one direction at
 * times. Requests come twice when their sender repeats them.
 */
final class Wire {
  private record Cut(NodeId from, NodeId to) implements Comparable<Cut> {
    @Override
    public int compareTo(Cut other) {
      int order = from.compareTo(other.from);
      return order == 0 ? to.compareTo(other.to) : order;
    }
  }

  private final RegisterCluster cluster;
  private final SortedSet<Cut> cuts = new TreeSet<>();
  private double loss;
  private double doubled;

  Wire(RegisterCluster cluster) {
    this.cluster = cluster;
  }

  void faults(double loss, double doubled) {
    this.loss = loss;
    this.doubled = doubled;
  }

  void cut(NodeId from, NodeId to) {
    cuts.add(new Cut(from, to));
  }

  void mend() {
    cuts.clear();
  }

  Network from(NodeId from) {
    return (to, request, deadlineNanos, answers) -> send(from, to, request, deadlineNanos, answers);
  }

  private void send(
      NodeId from, NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    carry(from, to, () -> deliver(from, to, request, deadlineNanos, answers));
  }

  private void deliver(
      NodeId from, NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    SimulatedReplica replica = cluster.replicas.get(to);
    if (replica == null || cluster.down.contains(to)) {
      return;
    }
    Reply reply = replica.handle(from, request);
    cluster.simulation.trace(from + " to " + to + ": " + request + " -> " + reply);
    int copies = chance(doubled) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      carry(to, from, () -> arrive(new Answer(to, reply), deadlineNanos, answers));
    }
  }

  private void arrive(Answer answer, long deadlineNanos, Mailbox<Answer> answers) {
    if (cluster.simulation.nanos() < deadlineNanos) {
      answers.put(answer);
    }
  }

  private void carry(NodeId from, NodeId to, Runnable arrival) {
    if (chance(loss) || cuts.contains(new Cut(from, to))) {
      return;
    }
    int most = chance(0.03) ? 600 : 40;
    cluster.simulation.at((1 + cluster.random.nextInt(most)) * Simulation.MILLIS, arrival);
  }

  private boolean chance(double probability) {
    return probability > 0 && cluster.random.nextDouble() < probability;
  }
}
