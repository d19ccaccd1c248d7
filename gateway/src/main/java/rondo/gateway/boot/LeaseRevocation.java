package rondo.gateway.boot;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.gateway.store.BucketLeases;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;

/** Tells the other gateways of the cluster to forget what they have leased. Thread-safe. */
final class LeaseRevocation implements BucketLeases.Elsewhere {
  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final Network network;
  private final Tasks tasks;
  private final Time time;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   */
  LeaseRevocation(NodeId self, Supplier<@Nullable Layout> layouts, Network network, Tasks tasks, Time time) {
    this.self = self;
    this.layouts = layouts;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
  }

  /** Waits for those that are silent until their leases have run out. */
  @Override
  public void forget(String bucket) {
    Layout layout = layouts.get();
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
}
