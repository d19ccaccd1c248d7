package rondo.server.link;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.LocalNode;
import rondo.ring.layout.Dismissal;
import rondo.ring.layout.Introduction;
import rondo.ring.layout.JoinKey;
import rondo.ring.layout.JoinKeys;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.server.storage.JoinToken;
import rondo.store.transport.PeerIdentity;
import rondo.store.transport.PeerRegister;

/**
 * The public keys of the layout that is installed here. A member without a key in the layout, as
 * older versions have them, needs the signature of the cluster's first authority instead, and a
 * node that wants to join that of a join token. Thread-safe.
 */
public final class LayoutRegister implements PeerRegister {
  private final Supplier<@Nullable Layout> layouts;
  private final LocalNode own;
  private final JoinToken token;
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
   * @param token by which this node came, or comes
   */
  public LayoutRegister(
      Supplier<@Nullable Layout> layouts, LocalNode own, JoinToken token, Time time) {
    this.layouts = layouts;
    this.own = own;
    this.token = token;
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
            layout.life().number() > 1
                ? layout.life().farewell()
                : "this node was given up, or another life of its name has its place: its data is"
                    + " of no use any more",
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
    if (node != null) {
      return known(peer, node, now.epoch());
    }
    String obstacle = obstacle(now.layout(), peer);
    return obstacle.isEmpty()
        ? new Standing(
            Trust.NEWCOMER, "node " + peer.node() + " is no member of the cluster yet", 0)
        : Standing.stranger(obstacle);
  }

  /**
   * Why a node that no layout names isn't trusted, in a sentence; empty when it may be taken in.
   */
  private String obstacle(@Nullable Layout layout, PeerIdentity peer) {
    if (layout == null) {
      boolean known = peer.vouched() || token.members().contains(peer.key());
      return known || peer.isSignedBy(token.authority().publicKey())
          ? ""
          : "the node shows nothing of this node's join token: compare the tokens";
    }
    String id = peer.token();
    JoinKey key = JoinKeys.of(layout.members(), id);
    if (key == null) {
      return peer.vouched()
          ? ""
          : id.isEmpty()
              ? "node %s is no member of the cluster, and shows no join token: start it with one"
                  .formatted(peer.node())
              : "the cluster knows no join token %s: make another by 'rondo token create'"
                  .formatted(id);
    }
    if (!peer.isSignedBy(key.key())) {
      return "the node names the join token %s without having it".formatted(id);
    }
    return key.obstacle(TimeUnit.MICROSECONDS.toSeconds(time.wallMicros()));
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
  private String misdescribed(PeerIdentity from, Bytes told) {
    try {
      Introduction introduction = LayoutCodec.decodeIntroduction(told);
      Bytes key = introduction.node().life().key();
      boolean itself = introduction.node().id().equals(from.node());
      boolean byToken = of(from).isMember() || introduction.token().equals(comesBy(from));
      return itself
              && byToken
              && (introduction.release() == 0 ? key.length() == 0 : key.equals(from.key()))
          ? ""
          : "a node may describe itself alone, by the key that it shows";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The token that a newcomer has to name; none for the cluster's first authority. */
  private static String comesBy(PeerIdentity from) {
    return from.vouched() ? "" : from.token();
  }
}
