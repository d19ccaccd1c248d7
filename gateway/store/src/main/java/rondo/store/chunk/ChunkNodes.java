package rondo.store.chunk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import rondo.ring.placement.Placement;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.store.transport.BulkDialer;

/**
 * The chunks of every node. The own node is called directly. Nodes that failed or were slow
 * recently are suspected: they are asked last and not waited for. Thread-safe.
 */
public final class ChunkNodes implements AutoCloseable {
  private static final long SUSPECT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final NodeId self;
  private final ChunkStore local;
  private final BulkDialer dialer;
  private final Time time;
  private final ConcurrentMap<NodeId, BulkPool> pools = new ConcurrentHashMap<>();
  private final ConcurrentMap<NodeId, Long> suspectedAt = new ConcurrentHashMap<>();

  private final ConcurrentMap<NodeId, Long> fullAt = new ConcurrentHashMap<>();
  private volatile Predicate<NodeId> isFull = _ -> false;

  private volatile Consumer<ChunkId> onLack = _ -> {};

  public ChunkNodes(NodeId self, ChunkStore local, BulkDialer dialer, Time time) {
    this.self = self;
    this.local = local;
    this.dialer = dialer;
    this.time = time;
  }

  /** The chunks of that node. */
  public ChunkStore of(NodeId node) {
    return node.equals(self)
        ? local
        : new RemoteChunks(pools.computeIfAbsent(node, key -> new BulkPool(key, dialer)));
  }

  /** Registers a listener for chunks that this node was asked for and lacks. */
  void onLack(Consumer<ChunkId> told) {
    onLack = told;
  }

  /** Notes that the node lacks the chunk, or has it damaged. */
  public void lacks(NodeId node, ChunkId id) {
    if (node.equals(self)) {
      onLack.accept(id);
    }
  }

  /** Notes that the node was too slow, or couldn't be reached. */
  public void suspect(NodeId node) {
    if (!node.equals(self)) {
      suspectedAt.put(node, time.nanos());
    }
  }

  public boolean isSuspect(NodeId node) {
    Long since = suspectedAt.get(node);
    return since != null && time.nanos() - since < SUSPECT_NANOS;
  }

  /**
   * Tells which nodes take no new chunks.
   *
   * @param full what they said lately
   */
  public void fullBy(Predicate<NodeId> full) {
    isFull = full;
  }

  /** Notes that a node refused a chunk for lack of room. */
  public void full(NodeId node) {
    fullAt.put(node, time.nanos());
  }

  /** Whether a node takes no new chunks, by what it said or by its last refusal. */
  public boolean isFull(NodeId node) {
    Long since = fullAt.get(node);
    return isFull.test(node) || (since != null && time.nanos() - since < SUSPECT_NANOS);
  }

  /** The nodes to ask for a chunk, each once: the own node first, suspects last. */
  public List<NodeId> readers(Placement placement) {
    var nodes = new ArrayList<NodeId>();
    placement.readSets().forEach(set -> nodes.addAll(set.nodes()));
    placement.writeSets().forEach(set -> nodes.addAll(set.nodes()));
    return nodes.stream()
        .distinct()
        .sorted(Comparator.comparingInt(node -> node.equals(self) ? 0 : isSuspect(node) ? 2 : 1))
        .toList();
  }

  /** All nodes that hold a chunk now or will hold it after a layout change, each once. */
  public static List<NodeId> holders(Placement placement) {
    var nodes = new ArrayList<NodeId>();
    placement.writeSets().forEach(set -> nodes.addAll(set.nodes()));
    placement.readSets().forEach(set -> nodes.addAll(set.nodes()));
    return nodes.stream().distinct().toList();
  }

  @Override
  public void close() {
    pools.values().forEach(BulkPool::close);
  }
}
