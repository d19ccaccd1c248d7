package rondo.ring.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Node;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * The meeting of nodes that are to found a cluster together. Each tells the others its description
 * and how many nodes it expects. A cluster is founded only by exactly that many nodes, all of them
 * heard, without a layout, each of another name, and agreed on the number; the one with the lowest
 * id writes the first layout. So a node that lost its disk never founds a second cluster while it
 * can't hear the others, nor when it hears one that knows the first. Thread-safe.
 */
public final class Founding {
  /** An offer comes every second; a node that no longer tells its own may be gone. */
  private static final long FRESH_NANOS = 5_000_000_000L;

  private final Node own;
  private final Time time;
  private final Map<NodeId, Offer> offers = new TreeMap<>();
  private volatile String obstacle = "";
  private boolean exists;

  private record Offer(Node node, int expect, long untilNanos) {}

  /** The answer of a node at one of the addresses: its id, and the epoch of its layout. */
  public record Heard(NodeId node, long epoch) {}

  Founding(Node own, Time time) {
    this.own = own;
    this.time = time;
  }

  /** Notes that a node offers to found a cluster of {@code expect} nodes. */
  synchronized void offer(Node node, int expect) {
    offers.put(node.id(), new Offer(node, expect, time.nanos() + FRESH_NANOS));
  }

  /** What keeps the nodes from founding a cluster, in a sentence; empty when nothing does. */
  public String obstacle() {
    return obstacle;
  }

  /** Whether any node with a layout was heard: then there is a cluster, and none is founded. */
  public synchronized boolean exists() {
    return exists;
  }

  /**
   * The founders, this node among them, if this node is to write the first layout now; null when it
   * isn't, and {@link #obstacle} says why where something is amiss.
   *
   * @param heard by address, those that answered lately, this node's own among them
   * @param addresses all that the operator named, this node's own among them
   * @param expect the number of nodes that the operator expects
   */
  public synchronized @Nullable List<Node> meet(
      Map<String, Heard> heard, Collection<String> addresses, int expect) {
    exists |= heard.values().stream().anyMatch(node -> node.epoch() > 0);
    offers.values().removeIf(offer -> offer.untilNanos < time.nanos());
    offer(own, expect);
    obstacle = exists ? "" : amiss(heard, addresses, expect);
    boolean lowest = offers.keySet().iterator().next().equals(own.id());
    return exists || !obstacle.isEmpty() || !lowest
        ? null
        : offers.values().stream().map(Offer::node).toList();
  }

  private String amiss(Map<String, Heard> heard, Collection<String> addresses, int expect) {
    var silent = new ArrayList<>(addresses);
    silent.removeAll(heard.keySet());
    if (!silent.isEmpty()) {
      return "to found the cluster all %d nodes must answer, and there is no answer from %s"
          .formatted(expect, String.join(", ", silent));
    }
    for (Map.Entry<String, Heard> it : heard.entrySet()) {
      Offer offer = offers.get(it.getValue().node());
      if (offer == null) {
        return "the node at %s doesn't offer to found a cluster: start it with this node's --expect"
                .formatted(it.getKey())
            + " and --join";
      }
      if (offer.expect != expect) {
        return "the node at %s expects %d nodes, and this one %d: give all the same --expect"
            .formatted(it.getKey(), offer.expect, expect);
      }
    }
    return twins(heard, expect);
  }

  private String twins(Map<String, Heard> heard, int expect) {
    var names = new TreeMap<String, String>();
    for (Map.Entry<String, Heard> it : heard.entrySet()) {
      Offer offer = offers.get(it.getValue().node());
      String name = offer == null ? "" : offer.node.label();
      String other = names.put(name, it.getKey());
      if (other != null) {
        return "the nodes at %s and %s are both called '%s': give one another --node"
            .formatted(other, it.getKey(), name);
      }
    }
    long nodes = heard.values().stream().map(Heard::node).distinct().count();
    return nodes == expect && offers.size() == expect
        ? ""
        : "%d nodes answer or offer to found a cluster, and %d are expected"
            .formatted(Math.max(nodes, offers.size()), expect);
  }
}
