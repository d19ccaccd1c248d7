package rondo.gateway.boot;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.gateway.blob.Epochs;
import rondo.gateway.peer.Addresses;
import rondo.ring.membership.Membership;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.NodeId;
import rondo.ring.placement.Ring;
import rondo.ring.port.Replica;
import rondo.ring.register.Bytes;

/**
 * What the rest of a node asks of its membership, which is made after most of them. Until then the
 * node has no layout. Thread-safe.
 */
final class LayoutView implements Supplier<Ring>, Addresses, Replica, Epochs {
  private final AtomicReference<@Nullable Membership> membership = new AtomicReference<>();
  private final AtomicReference<@Nullable Supplier<Reply.Lack>> lack = new AtomicReference<>();
  private final List<HostPort> seeds;

  LayoutView(List<HostPort> seeds) {
    this.seeds = seeds;
  }

  void set(Membership made) {
    membership.set(made);
  }

  /** Who says what is missing here. */
  void setLack(Supplier<Reply.Lack> made) {
    lack.set(made);
  }

  /** The stand-in for a node of which only the address is known yet: never a real node's id. */
  static NodeId seed(int index) {
    return new NodeId(-1L - index);
  }

  @Nullable Layout layout() {
    Membership made = membership.get();
    return made == null ? null : made.layout();
  }

  @Override
  public Ring get() {
    Layout layout = layout();
    if (layout == null) {
      throw new IllegalStateException("rows without a layout");
    }
    return layout.ring();
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    Membership made = membership.get();
    Supplier<Reply.Lack> known = lack.get();
    if (made == null || (request instanceof Request.TellLack && known == null)) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, "the node is starting");
    }
    return request instanceof Request.TellLack && known != null
        ? known.get()
        : made.replica().handle(from, request);
  }

  @Override
  public boolean pass(long epoch, Bytes name, Runnable write) {
    Membership made = membership.get();
    return made != null && made.chunkFence().pass(epoch, name, write);
  }

  @Override
  public boolean within(long epoch, Runnable action) {
    Membership made = membership.get();
    return made != null && made.chunkFence().within(epoch, action);
  }

  @Override
  public @Nullable String of(NodeId id) {
    if (id.value() < 0) {
      return seeds.get((int) (-1 - id.value())).toString();
    }
    Layout layout = layout();
    Node node = layout == null ? null : layout.node(id);
    return node == null ? null : node.address();
  }
}
