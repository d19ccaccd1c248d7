package rondo.gateway.boot;

import rondo.gateway.store.BucketLeases;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Replica;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;

/** What the gateways of a cluster tell each other to forget. Thread-safe. */
final class OtherGateways implements BucketLeases.Elsewhere {
  private final NodeId self;
  private final LayoutView view;
  private final Network network;
  private final Tasks tasks;
  private final Time time;

  OtherGateways(NodeId self, LayoutView view, Network network, Tasks tasks, Time time) {
    this.self = self;
    this.view = view;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
  }

  /** Waits for those that are silent until their leases have run out. */
  @Override
  public void forget(String bucket) {
    Layout layout = view.layout();
    if (layout == null) {
      return;
    }
    long deadline = time.nanos() + BucketLeases.LEASE.toNanos();
    Mailbox<Answer> answers = tasks.mailbox();
    int missing = 0;
    for (Node node : layout.nodes()) {
      if (!node.id().equals(self)) {
        var request = new Request.Forget(layout.epoch(), Bytes.utf8(bucket));
        network.send(node.id(), request, deadline, answers);
        missing++;
      }
    }
    while (missing > 0) {
      Answer answer = answers.take(deadline);
      if (answer == null) {
        return;
      }
      missing -= answer.reply() instanceof Reply.Done ? 1 : 0;
    }
  }

  /** A replica in front of which this gateway forgets what others tell it to. */
  static Replica forgetting(BucketLeases leases, Replica replica) {
    return (from, request) -> {
      if (request instanceof Request.Forget(long _, Bytes name)) {
        leases.settle(name.utf8());
        return new Reply.Done();
      }
      return replica.handle(from, request);
    };
  }
}
