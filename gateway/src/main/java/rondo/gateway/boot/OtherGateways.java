package rondo.gateway.boot;

import java.util.List;
import rondo.gateway.store.BucketLeases;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Network;
import rondo.ring.port.Replica;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
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
    List<NodeId> others =
        layout.nodes().stream().map(Node::id).filter(id -> !id.equals(self)).toList();
    var request = new Request.Forget(layout.epoch(), Bytes.utf8(bucket));
    var messenger = new Messenger(network, tasks, time);
    if (!messenger.askEach(others, request, Reply.Done.class::isInstance, deadline)) {
      messenger.pauseUntil(deadline);
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
