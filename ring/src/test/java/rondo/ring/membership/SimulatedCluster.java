package rondo.ring.membership;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.gossip.LayoutStore;
import rondo.ring.gossip.LocalNode;
import rondo.ring.gossip.PeerRecord;
import rondo.ring.layout.Feature;
import rondo.ring.message.Answer;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.node.EpochFence;
import rondo.ring.node.RequestDispatcher;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Replica;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.sim.Simulation;
import rondo.ring.standing.PeerStandings;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.ring.version.ClockJudge;
import rondo.ring.version.HybridClock;

/**
 * Nodes with memberships under virtual time, on a network that delays, loses and doubles messages.
 */
final class SimulatedCluster {
  static final Ring RING = new Ring(16);

  static final long CLOCK_LIMIT_MICROS = 10_000_000;

  private static final long CALL_NANOS = 5_000_000_000L;

  /** Ways to break the promises between nodes; the checker must find each. */
  enum Broken {
    NOTHING,
    /** Replicas answer under any epoch. */
    FENCE,
    /** New owners find nothing to copy. */
    COPY,
    /** New owners copy rows without the unfinished conditional writes on top of them. */
    UNFINISHED,
    /** New owners report that they have copied everything before they have. */
    HASTE,
    /** Nodes take chunks for the owners at the time of their placement. */
    CHUNK_FENCE,
    /** New owners copy the chunks of the first old owner that they reach. */
    ONE_LISTED,
    /** Old owners treat rows of other classes of copies as class 0's. */
    CLASSES,
    /** A node with an empty disk goes on under its id, as if it had forgotten nothing. */
    SAME_LIFE,
    /** Nodes forget at each start what they have heard of others. */
    FORGETFUL,
    /** Nodes answer others without a lease. */
    LEASE;

    EpochFence lease(Membership node, NodeId id) {
      return this == LEASE ? DismissalTest.withoutLease(node, id) : node.requestFence();
    }
  }

  final Simulation simulation;
  final Random random;
  final Map<NodeId, SimulatedNode> nodes = new TreeMap<>();
  private final double loss;

  /** Whether nodes compare their clocks, and refuse to write while their own isn't sound. */
  boolean judgesClocks;

  /** The messages handled so far on all nodes. */
  long messages;

  final Broken broken;

  SimulatedCluster(long seed, Broken broken) {
    boolean tracing = Boolean.getBoolean("rondo.trace");
    this.broken = broken;
    this.simulation = new Simulation(seed, tracing);
    this.random = simulation.random();
    this.loss = List.of(0.0, 0.02, 0.1).get(random.nextInt(3));
  }

  SimulatedNode add(long id) {
    var node = new SimulatedNode(new NodeId(id));
    nodes.put(node.id, node);
    return node;
  }

  /** A node with an empty disk in the place of {@code before}, which may still run. */
  SimulatedNode emptied(SimulatedNode before) {
    boolean same = broken == Broken.SAME_LIFE;
    SimulatedNode node = add(same ? before.id.value() : nodes.size() + 1L);
    node.name = before.name;
    node.zone = before.zone;
    if (same) {
      node.life = before.life;
      node.rounds = before.rounds.copy();
      node.saved = before.saved;
    }
    return node;
  }

  long millis(long millis) {
    return millis * Simulation.MILLIS;
  }

  /** One node: the state that survives a crash, and the parts that each start makes anew. */
  final class SimulatedNode {
    final NodeId id;
    final MemoryRows rows;

    /** The chunks that survive a crash. */
    final Set<Bytes> chunks = new TreeSet<>();

    @Nullable Membership membership;
    @Nullable Coordinator coordinator;
    @Nullable Replica replica;
    @Nullable ClockJudge judge;

    /** How far this node's wall clock is ahead of the right time. */
    long wrongMicros;

    String zone = "";

    /** Empty for a node that tells no name, or comes by no join token. */
    String name = "";

    String token = "";

    int release = Feature.RELEASE;
    long capacityBytes = 1L << 40;
    private @Nullable PeerStandings standings;

    SimulatedRounds rounds = new SimulatedRounds();
    private @Nullable Bytes saved;
    private long ceiling;
    private int life;

    private final Set<NodeId> cut = new TreeSet<>();
    private boolean isolated;

    /** Until then, messages about layouts from and to this node are lost. */
    private long deafUntil;

    private long frozenUntil;

    private SimulatedNode(NodeId id) {
      this.id = id;
      this.rows = new MemoryRows(RING, 3, this::pause);
    }

    Simulation simulation() {
      return simulation;
    }

    /** Waits as a disk does; after a crash, the waiting work never continues. */
    void pause() {
      int born = life;
      simulation.pause(random.nextInt(4_000_000));
      if (born != life) {
        simulation.pause(Long.MAX_VALUE / 4);
      }
    }

    boolean isUp() {
      return membership != null;
    }

    /** The layout on this node's disk, for {@link #restore}. */
    Bytes image() {
      return requireNonNull(saved);
    }

    void restore(Bytes image) {
      saved = image;
    }

    /** Whether this node has a layout on its disk. */
    boolean isKnown() {
      return saved != null;
    }

    void start(@Nullable NodeId seed) {
      int born = ++life;
      Time time = clock();
      Network network = (to, request, deadline, answers) -> send(born, to, request, answers);
      var judging = new ClockJudge(time, CLOCK_LIMIT_MICROS);
      var clock =
          judgesClocks
              ? new HybridClock(time, ceiling, to -> ceiling = to, judging)
              : new HybridClock(time, ceiling, to -> ceiling = to);
      Life its = name.isEmpty() ? Life.UNNAMED : Life.of(name, Bytes.EMPTY);
      var own = new Node(id, its, zone, capacityBytes, "node-" + id.value() + ":" + address(), "");
      var local = new LocalNode(id, born, release, rounds.of(born));
      local.comesBy(token);
      PeerRecord record = broken == Broken.FORGETFUL ? PeerRecord.NONE : rounds;
      var keeper = new LayoutKeeper(local, store(born), record, tasks(), time);
      var started =
          new Membership(
              own,
              keeper,
              rows,
              new SimulatedChunks(this, broken),
              clock,
              new NodePorts(network, tasks(), time, simulation.randomness()),
              () -> 1 << 20);
      membership = started;
      judge = judging;
      standings =
          new PeerStandings(
              id,
              started::layout,
              node -> keeper.peers().release(node),
              judging,
              new NodePorts(network, tasks(), time, simulation.randomness()));
      replica = replica(started);
      coordinator =
          new Coordinator(
              id, clock, started.placements(), network, simulation, time, simulation.randomness());
      if (seed != null) {
        started.joinThrough(seed);
      } else if (started.layout() == null) {
        started.found("cluster", RING, Replication.DEFAULT);
      }
      started.start();
      if (judgesClocks) {
        tasks().start("standings", standings::run);
      }
      simulation.trace("start " + id);
    }

    /**
     * The node's replica: it takes no states in place of owners, and answers nothing about nodes.
     */
    private RequestDispatcher replica(Membership started) {
      EpochFence open = (from, epoch, answer) -> answer.get();
      return new RequestDispatcher(
          broken == Broken.FENCE ? open : broken.lease(started, id),
          (propagate, replica) -> replica.get(),
          rows::answer,
          started::answer,
          this::answer);
    }

    private Reply answer(Request.Node request) {
      return request instanceof Request.ReportStanding
          ? new Reply.Standing(clock().wallMicros(), false)
          : RowsOnlyNode.refuse(request);
    }

    /** This node's clocks, of which the wall clock may be wrong. */
    private Time clock() {
      Time right = simulation.time();
      return new Time() {
        @Override
        public long wallMicros() {
          return right.wallMicros() + wrongMicros;
        }

        @Override
        public long nanos() {
          return right.nanos();
        }
      };
    }

    /** The address of the next start, which now and then is a new one. */
    private int address() {
      return random.nextInt(4) == 0 ? 2 : 1;
    }

    /** From now on messages from this node don't arrive at {@code node}. */
    void cutOff(NodeId node) {
      cut.add(node);
    }

    /** Cuts this node off from all others, both ways, or ends that. */
    void isolate(boolean so) {
      isolated = so;
    }

    /** Freezes this node, as SIGSTOP and a later SIGCONT do: its work stops until then. */
    void freeze(long nanos) {
      frozenUntil = simulation.nanos() + nanos;
    }

    private Tasks tasks() {
      return new Tasks() {
        @Override
        public void start(String name, Runnable body) {
          simulation.start(name, body);
        }

        @Override
        public <T> Mailbox<T> mailbox() {
          Mailbox<T> inner = simulation.mailbox();
          return new Mailbox<>() {
            @Override
            public void put(T item) {
              inner.put(item);
            }

            @Override
            public @Nullable T take(long deadlineNanos) {
              T item = inner.take(deadlineNanos);
              thaw();
              return item;
            }
          };
        }
      };
    }

    private void thaw() {
      while (simulation.nanos() < frozenUntil) {
        simulation.pause(frozenUntil - simulation.nanos());
      }
    }

    void deafen(long nanos) {
      simulation.trace("deafen " + id + " for " + nanos);
      deafUntil = simulation.nanos() + nanos;
    }

    void crash() {
      simulation.trace("crash " + id);
      if (membership != null) {
        membership.stop();
      }
      if (standings != null) {
        standings.stop();
      }
      life++;
      membership = null;
      coordinator = null;
      replica = null;
    }

    private LayoutStore store(int born) {
      return new LayoutStore() {
        @Override
        public @Nullable Bytes load() {
          return saved;
        }

        @Override
        public void save(Bytes layout) {
          saved = born == life ? layout : saved;
        }
      };
    }

    /**
     * Has a node, maybe this one, run {@code action}, with a message there and back. Returns its
     * answer; null when a message was lost or the node was down.
     */
    <T> @Nullable T call(NodeId to, Function<SimulatedNode, @Nullable T> action) {
      int born = life;
      Mailbox<Optional<T>> answers = simulation.mailbox();
      if (to.equals(id) || random.nextDouble() >= loss) {
        simulation.at(delay(to), () -> act(to, action, answers));
      }
      Optional<T> answer = answers.take(simulation.nanos() + CALL_NANOS);
      thaw();
      if (born != life) {
        simulation.pause(Long.MAX_VALUE / 4);
      }
      return answer == null ? null : answer.orElse(null);
    }

    private <T> void act(
        NodeId to, Function<SimulatedNode, @Nullable T> action, Mailbox<Optional<T>> answers) {
      SimulatedNode target = nodes.get(to);
      if (target == null
          || target.membership == null
          || cut.contains(to)
          || ((isolated || target.isolated) && !target.equals(this))) {
        return;
      }
      int targetBorn = target.life;
      simulation.start(
          "act",
          () -> {
            target.thaw();
            T answer = action.apply(target);
            if (targetBorn == target.life && (to.equals(id) || random.nextDouble() >= loss)) {
              simulation.at(delay(to), () -> answers.put(Optional.ofNullable(answer)));
            }
          });
    }

    private void send(int born, NodeId to, Request request, Mailbox<Answer> answers) {
      if (born != life) {
        return;
      }
      int copies = random.nextInt(20) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        if (to.equals(id) || random.nextDouble() >= loss) {
          simulation.at(delay(to), () -> deliver(born, to, request, answers));
        }
      }
    }

    private long delay(NodeId to) {
      return to.equals(id) ? 0 : 100_000 + random.nextInt(5_000_000);
    }

    private void deliver(int born, NodeId to, Request request, Mailbox<Answer> answers) {
      SimulatedNode target = nodes.get(to);
      if (target == null || target.replica == null || isLost(target, request)) {
        return;
      }
      int targetBorn = target.life;
      Replica replica = replica(target.replica, request);
      simulation.start(
          "handle",
          () -> {
            target.thaw();
            messages++;
            Reply reply = broken(replica.handle(id, request));
            simulation.trace(id + " -> " + to + " " + brief(request) + " : " + brief(reply));
            boolean arrives = to.equals(id) || random.nextDouble() >= loss;
            if (arrives && targetBorn == target.life) {
              simulation.at(
                  delay(to),
                  () -> {
                    if (born == life) {
                      answers.put(new Answer(to, reply));
                    }
                  });
            }
          });
    }

    private boolean isLost(SimulatedNode target, Request request) {
      boolean deaf = simulation.nanos() < Math.max(deafUntil, target.deafUntil);
      boolean apart = (isolated || target.isolated) && !target.equals(this);
      return apart || cut.contains(target.id) || (deaf && request instanceof Request.Membership);
    }

    private Replica replica(Replica whole, Request request) {
      if (broken == Broken.COPY && request instanceof Request.PullRows) {
        return (from, pull) -> new Reply.Rows(List.of(), null);
      }
      if (broken == Broken.CLASSES && request instanceof Request.PullRows pull) {
        var all = BitSet.valueOf(pull.partitions().array());
        all.clear(RING.partitions(), Math.max(RING.partitions(), all.length()));
        var some = Bytes.wrap(all.toByteArray());
        return (from, _) ->
            whole.handle(
                from, new Request.PullRows(pull.epoch(), some, pull.after(), pull.limit()));
      }
      return whole;
    }

    private Reply broken(Reply reply) {
      return switch (reply) {
        case Reply.Rows(List<Row> rows, var next) when broken == Broken.UNFINISHED ->
            new Reply.Rows(
                rows.stream().map(row -> new Row(row.key(), row.state(), null)).toList(), next);
        case Reply.Pong pong when broken == Broken.HASTE ->
            new Reply.Pong(pong.states().stream().map(SimulatedNode::hasty).toList());
        default -> reply;
      };
    }

    private static NodeState hasty(NodeState it) {
      return new NodeState(
          it.node(), it.incarnation(), it.beat(), it.epoch(), it.active(), Long.MAX_VALUE, false);
    }

    private static String brief(Object message) {
      String text = message.toString();
      return text.length() > 160 ? text.substring(0, 160) + "..." : text;
    }
  }
}
