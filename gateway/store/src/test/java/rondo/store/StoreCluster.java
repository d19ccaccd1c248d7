package rondo.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import rondo.metadata.engine.MemoryEngine;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Replica;
import rondo.ring.port.Time;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;
import rondo.storage.node.NodeReplica;
import rondo.store.system.SystemPorts;

/** Three replicas in memory, any of which may be down, with one coordinator each. */
public final class StoreCluster implements Network, Placements {
  private static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
  private static final Placement EVERYWHERE =
      new Placement(1, List.of(new ReplicaSet(NODES, 2)), List.of(new ReplicaSet(NODES, 2)));

  private final Map<NodeId, Replica> replicas =
      NODES.stream().collect(Collectors.toMap(node -> node, node -> replica()));
  private final Set<NodeId> down = ConcurrentHashMap.newKeySet();
  private volatile BiPredicate<NodeId, Request> refused = (node, request) -> false;
  private Time time = SystemPorts.TIME;
  public final MemoryBlobs blobs = new MemoryBlobs();

  public StoreCluster() {}

  private static Replica replica() {
    var rows = new NodeReplica(new MemoryEngine(), () -> new Ring(16));
    return new RowsOnlyNode(rows::answer);
  }

  /** Makes a cluster whose gateways use that clock. */
  public StoreCluster(Time time) {
    this.time = time;
  }

  /** The store of one node's gateway. */
  public Store gateway(int node) {
    var clock = new HybridClock(time, 0, ceiling -> {});
    var coordinator =
        new Coordinator(
            new NodeId(node),
            clock,
            this,
            this,
            SystemPorts.TASKS,
            time,
            SystemPorts.CHANCE,
            VersionRows::isShown);
    return Store.of(coordinator, time, blobs);
  }

  public void stop(int node) {
    down.add(new NodeId(node));
  }

  public void start(int node) {
    down.remove(new NodeId(node));
  }

  /** Makes replicas refuse such requests from now on, whichever node sends them. */
  public void refuse(Predicate<Request> requests) {
    refuse((node, request) -> requests.test(request));
  }

  /** Makes some nodes refuse such requests from now on. */
  public void refuse(BiPredicate<NodeId, Request> requests) {
    refused = requests;
  }

  @Override
  public void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    if (down.contains(to) || refused.test(to, request)) {
      answers.put(new Answer(to, new Reply.Refused(Reply.Reason.UNAVAILABLE, "down")));
      return;
    }
    answers.put(
        new Answer(to, Objects.requireNonNull(replicas.get(to)).handle(new NodeId(0), request)));
  }

  /** Hands a request to a node, past all refusals. */
  public Reply handle(int node, Request request) {
    return Objects.requireNonNull(replicas.get(new NodeId(node))).handle(new NodeId(0), request);
  }

  @Override
  public Placement of(Bytes partition) {
    return EVERYWHERE;
  }

  @Override
  public void stale(long epoch) {}
}
