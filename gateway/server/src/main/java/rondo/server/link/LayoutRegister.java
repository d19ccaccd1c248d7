package rondo.server.link;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.LocalNode;
import rondo.ring.layout.Dismissal;
import rondo.ring.layout.Introduction;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.store.transport.PeerIdentity;
import rondo.store.transport.PeerRegister;

/**
 * The public keys of the layout that is installed here. A member without a key in the layout, as
 * older versions have them, and a node that wants to join need the authority's signature instead.
 * Thread-safe.
 */
public final class LayoutRegister implements PeerRegister {
  private final Supplier<@Nullable Layout> layouts;
  private final LocalNode own;
  private final Time time;
  private volatile Members members = new Members(null, Map.of());

  /** A layout's nodes, by id. */
  private record Members(@Nullable Layout layout, Map<NodeId, Node> nodes) {
    static Members of(@Nullable Layout layout) {
      var nodes = new HashMap<NodeId, Node>();
      if (layout != null) {
        layout.nodes().forEach(node -> nodes.put(node.id(), node));
      }
      return new Members(layout, nodes);
    }

    long epoch() {
      return layout == null ? 0 : layout.epoch();
    }

    boolean areOf(@Nullable Layout other) {
      return layout == null ? other == null : other != null && layout.epoch() == other.epoch();
    }
  }

  /**
   * @param layouts the newest layout installed here; null before the first
   */
  public LayoutRegister(Supplier<@Nullable Layout> layouts, LocalNode own, Time time) {
    this.layouts = layouts;
    this.own = own;
    this.time = time;
  }

  @Override
  public void dismissed(String why, long epoch, boolean lost) {
    own.dismissed(why, epoch, lost);
  }

  @Override
  public Standing of(PeerIdentity peer) {
    Layout layout = now().layout();
    if (layout == null || !Dismissal.isOut(layout, peer.node())) {
      return there(peer);
    }
    return layout.members().isLost(peer.node())
        ? new Standing(
            Trust.LOST,
            "this node was given up, or another life of its name has its place: its data is of no"
                + " use any more",
            layout.epoch())
        : new Standing(
            Trust.REMOVED,
            "this node was removed from the cluster: it may be stopped; to come back, it needs an"
                + " empty data folder",
            layout.epoch());
  }

  @Override
  public Standing there(PeerIdentity peer) {
    Members now = now();
    Node node = now.nodes().get(peer.node());
    return node == null ? unknown(peer) : known(peer, node, now.epoch());
  }

  private static Standing unknown(PeerIdentity peer) {
    return peer.vouched()
        ? new Standing(
            Trust.NEWCOMER, "node " + peer.node() + " is no member of the cluster yet", 0)
        : Standing.stranger(
            "node %s is no member of the cluster, and shows nothing of its join token: start it"
                    .formatted(peer.node())
                + " with that token");
  }

  private static Standing known(PeerIdentity peer, Node node, long epoch) {
    Bytes key = node.life().key();
    if (key.length() == 0 ? peer.vouched() : key.equals(peer.key())) {
      return new Standing(Trust.MEMBER, "", epoch);
    }
    return Standing.stranger(
        "a node says that it is '%s' and shows another key than the cluster has of it: a stranger,"
                .formatted(node.label())
            + " or node-key.pem was replaced; to join anew it needs an empty data folder");
  }

  @Override
  public boolean allowsBulk(PeerIdentity from) {
    Layout layout = now().layout();
    return layout != null && of(from).isMember() && own.isLeased(layout, time.nanos());
  }

  private Members now() {
    Layout installed = layouts.get();
    Members known = members;
    if (!known.areOf(installed)) {
      known = Members.of(installed);
      members = known;
    }
    return known;
  }

  @Override
  public @Nullable Reply refusal(PeerIdentity from, Request request) {
    String wrong =
        switch (request) {
          case Request.Join(var _, Bytes told) -> misdescribed(from, told);
          case Request.Found(var _, Bytes told, int _) -> misdescribed(from, told);
          case Request.Ping _, Request.FetchLayout _ -> "";
          case Request.Install _ when now().layout() == null -> "";
          default -> of(from).isMember() ? "" : "a newcomer may only ask to be taken in";
        };
    return wrong.isEmpty() ? null : new Reply.Refused(Reply.Reason.UNAVAILABLE, wrong);
  }

  /** A node describes itself alone, with the key that it shows. */
  private static String misdescribed(PeerIdentity from, Bytes told) {
    try {
      Introduction introduction = LayoutCodec.decodeIntroduction(told);
      Bytes key = introduction.node().life().key();
      boolean own = introduction.node().id().equals(from.node());
      return own && (introduction.release() == 0 ? key.length() == 0 : key.equals(from.key()))
          ? ""
          : "a node may describe itself alone, by the key that it shows";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
