package rondo.server.link;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.store.bucket.BucketLeases;

/** Tells the other gateways of the cluster to forget a bucket's leased row. Thread-safe. */
public final class LeaseRevocation implements BucketLeases.OtherGateways {
  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final Network network;
  private final Tasks tasks;
  private final Time time;

  /**
   * @param layouts the newest layout installed here; null before the first
   */
  public LeaseRevocation(
      NodeId self, Supplier<@Nullable Layout> layouts, Network network, Tasks tasks, Time time) {
    this.self = self;
    this.layouts = layouts;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
  }

  /** Blocks until every other gateway has confirmed, or the leases of silent ones have run out. */
  @Override
  public void forget(String bucket) {
    Layout layout = layouts.get();
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
}
