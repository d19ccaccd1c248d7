package rondo.store.shard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.MemoryEngine;
import rondo.metadata.rows.FenceRow;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Time;
import rondo.ring.register.RegisterState;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.HybridClock;
import rondo.storage.node.NodeReplica;

/** Whole nodes in memory on virtual time, over a network that loses and delays messages. */
final class ShardWorld implements Placements {
  static final long MILLIS = Simulation.MILLIS;
  private static final int NODES = 4;

  /** The number of copies of each class. */
  private static final List<Integer> COPIES = List.of(3, 4, 1);

  /** A deliberate defect, which the tests have to find. */
  enum Mutation {
    NONE,
    /** The move never closes the tail. */
    NO_CLOSE,
    /** Replicas that aren't closed count as if they were. */
    ANY_QUORUM,
    /** The move leaves unfinished conditional writes behind. */
    NO_PENDING,
    /** Replicas still serve reads of closed tails. */
    READS_PASS
  }

  /** Kills the sender of a request. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("crash", null, false, false);
    }
  }

  final Simulation simulation;
  final Random random;
  final Time time;
  private final Mutation mutation;
  private final Map<NodeId, MemoryEngine> engines = new TreeMap<>();
  private final Map<NodeId, NodeReplica> replicas = new TreeMap<>();
  private final Set<NodeId> down = new HashSet<>();
  private final double loss;
  private long lives = 1;
  private long epoch = 1;
  private boolean changing;
  boolean healed;

  ShardWorld(long seed, Mutation mutation, boolean tracing) {
    this.simulation = new Simulation(seed, tracing);
    this.random = simulation.random();
    this.mutation = mutation;
    this.loss = random.nextInt(3) == 0 ? 0.03 : 0;
    this.time = simulation.time();
    for (int i = 1; i <= NODES; i++) {
      engines.put(new NodeId(i), new MemoryEngine());
      start(new NodeId(i));
    }
  }

  private void start(NodeId node) {
    replicas.put(node, new NodeReplica(engine(node), () -> new Ring(16), lives++));
  }

  /** Counts the rows of a shard in one table, on all nodes together. */
  int rows(int table, Bytes shard) {
    Bytes from = RowKey.encode(table, shard, Bytes.EMPTY);
    int rows = 0;
    for (MemoryEngine engine : engines.values()) {
      try (Cursor cursor = engine.cursor(from, RowKey.after(from))) {
        while (cursor.next() != null) {
          rows++;
        }
      }
    }
    return rows;
  }

  private MemoryEngine engine(NodeId node) {
    MemoryEngine engine = engines.get(node);
    if (engine == null) {
      throw new IllegalArgumentException("no node: " + node);
    }
    return engine;
  }

  List<NodeId> nodes() {
    return List.copyOf(engines.keySet());
  }

  /** The sizes of a node's shards. */
  ShardSizes sizes(NodeId node) {
    NodeReplica replica = Objects.requireNonNull(replicas.get(node));
    return new ShardSizes(engine(node), replica.writes(), simulation, time);
  }

  /** Stops replicas, and brings them back without what they had in memory. */
  void crashes() {
    simulation.pause((50 + random.nextInt(400)) * MILLIS);
    while (!healed) {
      if (!down.isEmpty()) {
        List.copyOf(down).forEach(this::start);
        down.clear();
      } else if (random.nextInt(3) == 0) {
        down.add(new NodeId(1 + random.nextInt(NODES)));
      }
      simulation.pause((50 + random.nextInt(400)) * MILLIS);
    }
  }

  /**
   * Begins a layout change and gives it up. In between, operations need the quorums of other
   * replicas too.
   */
  void layoutChanges() {
    while (!healed) {
      simulation.pause((100 + random.nextInt(700)) * MILLIS);
      changing = !changing && !healed;
      epoch++;
    }
  }

  void heal() {
    healed = true;
    changing = false;
    List.copyOf(down).forEach(this::start);
    down.clear();
  }

  Coordinator coordinator(int id, Network network) {
    return new Coordinator(
        new NodeId(id),
        new HybridClock(time, 0, ceiling -> {}),
        this,
        network,
        simulation,
        time,
        simulation.randomness(),
        VersionRows::isShown);
  }

  Network network() {
    return this::send;
  }

  /** A network whose user dies at a random request. */
  Network mortal(int most) {
    int[] left = {1 + random.nextInt(most)};
    return (to, request, deadline, answers) -> {
      if (--left[0] <= 0 && !healed) {
        throw new Crash();
      }
      send(to, request, deadline, answers);
    };
  }

  private void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    Request sent = mutated(request);
    if (sent == null) {
      answers.put(new Answer(to, new Reply.Done()));
      return;
    }
    if (lost()) {
      return;
    }
    simulation.at(
        delay(),
        () -> {
          if (down.contains(to)) {
            return;
          }
          Reply reply = handle(to, sent);
          simulation.trace(to + " " + sent + " -> " + reply);
          if (!lost()) {
            simulation.at(delay(), () -> answers.put(new Answer(to, reply)));
          }
        });
  }

  private boolean lost() {
    return !healed && random.nextDouble() < loss;
  }

  private long delay() {
    long most = random.nextInt(20) == 0 ? 60_000 : 3_000;
    return 1000L * (200 + random.nextInt((int) most));
  }

  private Reply handle(NodeId to, Request request) {
    NodeReplica replica = replicas.get(to);
    if (replica == null) {
      throw new IllegalArgumentException("no node: " + to);
    }
    Reply reply = new RowsOnlyNode(replica::answer).handle(new NodeId(0), request);
    if (mutation == Mutation.READS_PASS
        && request instanceof Request.Query(long _, Key key, boolean full)
        && reply instanceof Reply.Refused) {
      Engine.Entry entry = engine(to).get(RowKey.encode(key));
      return (entry == null ? RegisterState.NEVER : RegisterState.decode(entry.value()))
          .query(full);
    }
    return switch (reply) {
      case Reply.Rows rows when mutation == Mutation.NO_PENDING ->
          new Reply.Rows(plain(rows.rows()), rows.next());
      case Reply.Changes it when mutation == Mutation.NO_PENDING ->
          new Reply.Changes(it.life(), it.last(), it.more(), plain(it.rows()));
      default -> reply;
    };
  }

  private static List<Row> plain(List<Row> rows) {
    return rows.stream().map(row -> new Row(row.key(), row.state(), null)).toList();
  }

  /** The request to send; null where it is dropped and answered as if it were done. */
  private @Nullable Request mutated(Request request) {
    return switch (request) {
      case Request.PushRows push
          when mutation == Mutation.ANY_QUORUM
              && push.rows().getFirst().key().table() == Tables.SHARDS ->
          null;
      case Request.PushRows push
          when mutation == Mutation.NO_CLOSE
              && push.rows().getFirst().key().table() == Tables.SHARDS ->
          null;
      case Request.PullChanges it
          when mutation == Mutation.ANY_QUORUM || mutation == Mutation.NO_CLOSE ->
          new Request.PullChanges(
              it.epoch(), it.partition(), it.attempt(), false, it.after(), it.limit());
      case Request.Accept it
          when mutation == Mutation.NO_CLOSE && it.key().table() == Tables.SHARDS ->
          new Request.Accept(
              it.epoch(), it.key(), it.base(), it.ballot(), it.origin(), open(it.value()));
      case Request.Propagate it
          when mutation == Mutation.NO_CLOSE && it.key().table() == Tables.SHARDS ->
          new Request.Propagate(
              it.epoch(),
              it.key(),
              new VersionedValue(it.state().stamp(), open(it.state().value())));
      default -> request;
    };
  }

  private static @Nullable Bytes open(@Nullable Bytes value) {
    FenceRow row = ShardFence.of(value).row();
    if (!row.hasTail()) {
      return value;
    }
    return new ShardFence(
            row.toBuilder()
                .setTail(row.getTail().toBuilder().setState(FenceRow.Tail.State.MOVING))
                .build())
        .value();
  }

  @Override
  public Placement of(Bytes partition) {
    int first = Math.floorMod(partition.hashCode(), NODES);
    int copies = COPIES.get(Ring.classOf(partition));
    var sets =
        changing
            ? List.of(set(first, copies), set(first + 1, copies))
            : List.of(set(first, copies));
    return new Placement(epoch, sets, sets);
  }

  private static ReplicaSet set(int first, int copies) {
    var nodes = new ArrayList<NodeId>();
    for (int i = 0; i < copies; i++) {
      nodes.add(new NodeId(1 + (first + i) % NODES));
    }
    return new ReplicaSet(nodes, copies / 2 + 1);
  }

  @Override
  public void stale(long epoch) {}
}
