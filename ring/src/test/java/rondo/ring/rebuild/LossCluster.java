package rondo.ring.rebuild;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.quorum.Messenger;
import rondo.ring.repair.RepairPace;
import rondo.ring.repair.SettledLayout;
import rondo.ring.sim.History;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;

/** Replicas that lose some rows by damage while clients read and write them. */
final class LossCluster {
  static final long SECOND = 1_000_000_000L;
  private static final Ring RING = new Ring(4);
  private static final int KEYS = 5;

  /** The longest time of an operation, and a little more. */
  private static final long OPERATION = 5 * SECOND;

  static final long LONGEST = 6 * SECOND;

  /** Ways to break a rebuild; the checker must find each. */
  enum Broken {
    /**
     * The replica doesn't wait: coordinators may still count its old votes when it asks the others.
     */
    NO_WAIT,
    /** The replica copies from one other, and assumes that the rest know nothing. */
    TOO_FEW,
    /** The replica answers as if it had never had any rows. */
    VOTES_AT_ONCE,
    /** The replica copies the newest states, but no promises and votes. */
    STATES_ONLY
  }

  final Simulation simulation;
  final Random random;
  final SettledLayout copies;
  final History history;
  final Map<NodeId, LosingRows> rows = new TreeMap<>();
  final Set<NodeId> down = new TreeSet<>();
  private final Map<NodeId, Rebuild> refills = new TreeMap<>();
  private final Set<Broken> broken = EnumSet.noneOf(Broken.class);
  private final Set<NodeId> spoken = new HashSet<>();
  private final double loss;
  private int values;

  /** The pause after each page that is taken over, for nodes that start from now on. */
  Duration pause = RepairPace.DEFAULT.pause();

  /** The number of pages of registers that were asked for. */
  int pulls;

  int running;

  /** How long a request is on its way; negative: it never arrives; null: a random time. */
  interface Delays {
    @Nullable Long of(NodeId to, Request request);
  }

  Delays delays = (_, _) -> null;

  LossCluster(long seed, int nodes, Replication wish, Broken... broken) {
    this.simulation = new Simulation(seed, Boolean.getBoolean("rondo.trace"));
    this.random = simulation.random();
    this.broken.addAll(List.of(broken));
    this.loss = random.nextInt(3) * 0.05;
    this.history = new History(simulation, OPERATION - SECOND / 2);
    this.copies = SettledLayout.of(RING, nodes, wish);
    for (Node node : copies.layout().nodes()) {
      boolean votes = this.broken.contains(Broken.VOTES_AT_ONCE);
      boolean states = this.broken.contains(Broken.STATES_ONLY);
      rows.put(node.id(), new LosingRows(RING, 1 + random.nextInt(3), votes, states));
      start(node.id());
    }
  }

  LosingRows rows(long id) {
    return requireNonNull(rows.get(new NodeId(id)));
  }

  void accept(long id) {
    requireNonNull(refills.get(new NodeId(id))).accept();
  }

  RebuildStatus status(long id) {
    return requireNonNull(refills.get(new NodeId(id))).status();
  }

  /** Starts a node, also after a crash: it knows the losses that its disk records. */
  void start(NodeId id) {
    down.remove(id);
    long longest = broken.contains(Broken.NO_WAIT) ? 0 : LONGEST;
    var refill =
        new Rebuild(
            id,
            copies::layout,
            requireNonNull(rows.get(id)),
            new Messenger(
                (to, request, deadline, answers) -> send(id, to, request, answers),
                simulation,
                simulation.time()),
            new RepairPace(RepairPace.DEFAULT.rest(), pause, RepairPace.DEFAULT.young()),
            longest,
            1 + random.nextInt(3));
    refills.put(id, refill);
    simulation.start("rebuild", refill::run);
  }

  void crash(NodeId id) {
    down.add(id);
    requireNonNull(refills.get(id)).stop();
  }

  private void send(NodeId from, NodeId to, Request request, Mailbox<Answer> answers) {
    Long fixed = delays.of(to, request);
    if (!arrives(from) || (fixed != null && fixed < 0)) {
      return;
    }
    simulation.at(fixed == null ? delay() : fixed, () -> deliver(from, to, request, answers));
  }

  private void deliver(NodeId from, NodeId to, Request request, Mailbox<Answer> answers) {
    if (down.contains(to)) {
      return;
    }
    Reply reply = requireNonNull(rows.get(to)).node.handle(from, request);
    pulls += request instanceof Request.PullRegisters ? 1 : 0;
    if (broken.contains(Broken.TOO_FEW) && reply instanceof Reply.Registers) {
      reply = spoken.add(from) ? reply : new Reply.Registers(List.of(), null);
    }
    simulation.trace(from + " to " + to + ": " + request + " -> " + reply);
    if (arrives(to)) {
      var answer = new Answer(to, reply);
      simulation.at(delay(), () -> answers.put(answer));
    }
  }

  private boolean arrives(NodeId from) {
    return !down.contains(from) && random.nextDouble() >= loss;
  }

  /** A random delay, now and then of seconds: an operation may last as long. */
  private long delay() {
    return random.nextInt(20) == 0 ? random.nextLong(2 * SECOND) : random.nextLong(SECOND / 50);
  }

  Coordinator coordinator() {
    var self = new NodeId(100 + random.nextInt(1 << 20));
    Network network = (to, request, deadline, answers) -> send(self, to, request, answers);
    var clock = new HybridClock(simulation.time(), 0, _ -> {});
    return new Coordinator(
        self, clock, copies, network, simulation, simulation.time(), simulation.randomness());
  }

  static Key key(int number) {
    return new Key(3, Bytes.utf8("shard " + number % 2), Bytes.utf8("key " + number));
  }

  void client(int operations) {
    running++;
    simulation.start(
        "client",
        () -> {
          Coordinator coordinator = coordinator();
          for (int i = 0; i < operations; i++) {
            simulation.pause(random.nextLong(SECOND));
            operate(random.nextInt(12) == 0 ? coordinator() : coordinator);
          }
          running--;
        });
  }

  private void operate(Coordinator coordinator) {
    Key key = key(random.nextInt(KEYS));
    Bytes value = Bytes.utf8("v" + ++values);
    switch (random.nextInt(4)) {
      case 0 -> history.read(coordinator, key);
      case 1 -> history.write(coordinator, key, value);
      default -> history.update(coordinator, key, value);
    }
  }
}
