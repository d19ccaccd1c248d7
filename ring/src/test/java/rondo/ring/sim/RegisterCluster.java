package rondo.ring.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * Replicas, the nodes that coordinate, and the move of all keys from one replica set to another:
 * install the joint placement, copy, install the new one, use it.
 */
final class RegisterCluster {
  private static final long COPY_NANOS = 2_000 * Simulation.MILLIS;

  final Simulation simulation;
  final Random random;
  final Mutation mutation;
  final Wire wire;
  final SortedMap<NodeId, SimulatedReplica> replicas = new TreeMap<>();
  final SortedSet<NodeId> down = new TreeSet<>();
  final List<CoordinatorNode> nodes = new ArrayList<>();
  final List<Placement> placements;
  private final CoordinatorNode mover;
  private boolean moving;
  private long active;

  /**
   * @param placements by epoch: the old, the joint and the new one
   */
  RegisterCluster(
      Simulation simulation, Mutation mutation, List<Placement> placements, int mostEntries) {
    this.simulation = simulation;
    this.random = simulation.random();
    this.mutation = mutation;
    this.wire = new Wire(this);
    this.placements = placements;
    for (ReplicaSet set : placements.get(1).writeSets()) {
      set.nodes().forEach(node -> replicas.put(node, new SimulatedReplica(mostEntries)));
    }
    for (int i = 0; i < 3; i++) {
      nodes.add(new CoordinatorNode(this, new NodeId(101 + i)));
    }
    mover = new CoordinatorNode(this, new NodeId(99));
  }

  /** Sets of {@code size} nodes, the new one shifted; R and W as given. */
  static List<Placement> chain(int size, int shift, int read, int write) {
    var before = new ArrayList<NodeId>();
    var after = new ArrayList<NodeId>();
    for (int i = 1; i <= size; i++) {
      before.add(new NodeId(i));
      after.add(new NodeId(i + shift));
    }
    var oldRead = List.of(new ReplicaSet(before, read));
    var newRead = List.of(new ReplicaSet(after, read));
    var oldWrite = new ReplicaSet(before, write);
    var newWrite = new ReplicaSet(after, write);
    return List.of(
        new Placement(0, oldRead, List.of(oldWrite)),
        new Placement(1, oldRead, List.of(oldWrite, newWrite)),
        new Placement(2, newRead, List.of(newWrite)));
  }

  /** The newest epoch that may be used. */
  long active() {
    return active;
  }

  boolean moved() {
    return active == 2;
  }

  boolean isMoving() {
    return moving;
  }

  void beginMove(List<Key> keys) {
    if (!moving) {
      moving = true;
      simulation.start("move", () -> move(keys));
    }
  }

  private void move(List<Key> keys) {
    install(1);
    activate(1);
    mover.learn(1);
    if (mutation != Mutation.NO_COPY) {
      keys.forEach(this::copy);
    }
    if (mutation != Mutation.NO_FENCE) {
      install(2);
    }
    activate(2);
    for (CoordinatorNode node : nodes) {
      if (random.nextBoolean()) {
        node.learn(2);
      }
    }
  }

  private void activate(long epoch) {
    simulation.pause(random.nextInt(60) * Simulation.MILLIS);
    active = epoch;
    simulation.trace("active: epoch " + epoch);
  }

  private void copy(Key key) {
    while (true) {
      Coordinator coordinator = mover.coordinator(wire.from(mover.id()));
      long deadline = simulation.nanos() + COPY_NANOS;
      Outcome<?> outcome =
          mutation == Mutation.NO_INSTANCE
              ? coordinator.read(key, ConsistencyLevel.LINEARIZABLE, deadline)
              : coordinator.settle(key, deadline);
      if (outcome instanceof Outcome.Reached<?>) {
        return;
      }
    }
  }

  /** Installs an epoch on so many old replicas that no quorum of an older epoch can form. */
  private void install(long epoch) {
    Placement old = placements.getFirst();
    ReplicaSet reads = old.readSets().getFirst();
    ReplicaSet writes = old.writeSets().getFirst();
    int needed = reads.nodes().size() - Math.min(reads.needed(), writes.needed()) + 1;
    var installed = new TreeSet<NodeId>();
    Mailbox<Answer> answers = simulation.mailbox();
    Network network = wire.from(mover.id());
    while (installed.size() < needed) {
      for (NodeId node : reads.nodes()) {
        network.send(node, new Request.Install(epoch, Bytes.EMPTY), Long.MAX_VALUE, answers);
      }
      long until = simulation.nanos() + 200 * Simulation.MILLIS;
      for (Answer answer = answers.take(until); answer != null; answer = answers.take(until)) {
        installed.add(answer.from());
      }
    }
    simulation.trace("installed: epoch " + epoch + " on " + installed);
  }
}
