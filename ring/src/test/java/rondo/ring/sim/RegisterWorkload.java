package rondo.ring.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.placement.Quorums;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/** Clients that read, write and write conditionally, and the history that they saw. */
final class RegisterWorkload {
  enum Kind {
    READ,
    WRITE,
    CONDITIONAL,
    LIST
  }

  /** An operation and its key. */
  record Seen(Key key, ClientOperation operation) {}

  private static final long PATIENCE_NANOS = 3_000 * Simulation.MILLIS;
  private static final long UNANSWERED = Long.MAX_VALUE;

  private final RegisterCluster cluster;
  private final Simulation simulation;
  private final Random random;
  private final List<Key> keys;
  private final List<Seen> history = new ArrayList<>();
  private final List<ObservedListing> listings = new ArrayList<>();
  private final List<Kind> mix = new ArrayList<>();
  private final double deaths;
  private final boolean reconfigures;
  private final boolean fewValues;
  private int values;
  private int refused;
  private int clients;

  RegisterWorkload(
      RegisterCluster cluster, List<Key> keys, double deaths, boolean reconfigures, boolean lists) {
    this.cluster = cluster;
    this.simulation = cluster.simulation;
    this.random = cluster.random;
    this.keys = keys;
    this.deaths = deaths;
    this.reconfigures = reconfigures;
    this.fewValues = random.nextInt(4) == 0;
    add(Kind.READ, 1 + random.nextInt(4));
    add(Kind.WRITE, lists ? 3 : random.nextInt(3));
    add(Kind.CONDITIONAL, lists ? 1 : 3);
    add(Kind.LIST, lists ? 2 : 0);
  }

  private void add(Kind kind, int times) {
    for (int i = 0; i < times; i++) {
      mix.add(kind);
    }
  }

  List<Seen> history() {
    return history;
  }

  List<ObservedListing> listings() {
    return listings;
  }

  RunResult result(@Nullable String wrong) {
    int answered = (int) history.stream().filter(seen -> seen.operation().answered()).count();
    int unknown =
        (int)
            history.stream()
                .map(Seen::operation)
                .filter(o -> !o.answered() && o.kind() != ClientOperation.Kind.READ)
                .count();
    return new RunResult(wrong, answered, refused, unknown, listings.size());
  }

  boolean done() {
    return clients == 0;
  }

  void client(int operations) {
    clients++;
    simulation.start(
        "client",
        () -> {
          for (int i = 0; i < operations; i++) {
            simulation.pause((1 + random.nextInt(60)) * Simulation.MILLIS);
            Kind kind = mix.get(random.nextInt(mix.size()));
            run(kind, keys.get(random.nextInt(keys.size())));
          }
          clients--;
        });
  }

  private void run(Kind kind, Key key) {
    CoordinatorNode node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    switch (kind) {
      case READ -> read(node, key, deaths);
      case WRITE -> write(node, key, random.nextInt(5) == 0 ? null : value(), deaths);
      case CONDITIONAL -> {
        Bytes value = random.nextInt(5) == 0 ? null : value();
        conditional(node, key, expectation(key), value, deaths);
      }
      case LIST -> list(node);
    }
  }

  void read(CoordinatorNode node, Key key, double mortality) {
    long start = simulation.nanos();
    try {
      var outcome =
          coordinator(node, Kind.READ, mortality)
              .read(key, ConsistencyLevel.LINEARIZABLE, deadline());
      if (outcome instanceof Outcome.Reached<VersionedValue>(VersionedValue state)) {
        saw(key, ClientOperation.Kind.READ, state.value(), null, start, end());
      } else {
        refused++;
      }
    } catch (Simulation.Killed killed) {
      afterDeath(killed);
    }
  }

  void write(CoordinatorNode node, Key key, @Nullable Bytes value, double mortality) {
    long start = simulation.nanos();
    int slot = saw(key, ClientOperation.Kind.WRITE, value, null, start, UNANSWERED);
    try {
      switch (coordinator(node, Kind.WRITE, mortality).write(key, value, deadline())) {
        case Outcome.Reached<ConditionalResult.Written> _ ->
            saw(slot, new ClientOperation(ClientOperation.Kind.WRITE, value, null, start, end()));
        case Outcome.Refused<ConditionalResult.Written> _ -> saw(slot, null);
        case Outcome.Unknown<ConditionalResult.Written> _ -> {}
      }
    } catch (Simulation.Killed killed) {
      afterDeath(killed);
    }
  }

  void conditional(
      CoordinatorNode node,
      Key key,
      @Nullable Bytes expected,
      @Nullable Bytes value,
      double mortality) {
    long start = simulation.nanos();
    int slot = saw(key, ClientOperation.Kind.WON, value, expected, start, UNANSWERED);
    try {
      var outcome =
          coordinator(node, Kind.CONDITIONAL, mortality)
              .update(
                  key,
                  state ->
                      Objects.equals(state.value(), expected) ? put(value) : new Decision.Decline(),
                  deadline());
      switch (outcome) {
        case Outcome.Reached<ConditionalResult>(
                ConditionalResult.Written(VersionedValue before, var _, var _)) ->
            saw(
                slot,
                new ClientOperation(ClientOperation.Kind.WON, value, before.value(), start, end()));
        case Outcome.Reached<ConditionalResult>(
                ConditionalResult.Declined(VersionedValue before)) ->
            saw(
                slot,
                new ClientOperation(
                    ClientOperation.Kind.DECLINED, null, before.value(), start, end()));
        case Outcome.Refused<ConditionalResult> _ -> saw(slot, null);
        case Outcome.Unknown<ConditionalResult> _ -> {}
      }
    } catch (Simulation.Killed killed) {
      afterDeath(killed);
    }
  }

  private Decision put(@Nullable Bytes value) {
    return value == null || fewValues ? new Decision.Put(value) : new Decision.PutOwn(value);
  }

  private void list(CoordinatorNode node) {
    long start = simulation.nanos();
    try {
      ObservedListing listing =
          ObservedListing.run(
              coordinator(node, Kind.LIST, 0),
              keys.getFirst(),
              random,
              start,
              simulation::nanos,
              simulation.nanos() + 2 * PATIENCE_NANOS);
      if (listing != null) {
        simulation.trace("listing " + listing);
        listings.add(listing);
      } else {
        refused++;
      }
    } catch (Simulation.Killed killed) {
      afterDeath(killed);
    }
  }

  private Coordinator coordinator(CoordinatorNode node, Kind kind, double mortality) {
    NodeId id = node.id();
    Runnable worstMoment = () -> moveIf(reconfigures);
    return node.coordinator(
            new ClientNetwork(cluster, cluster.wire.from(id), kind, mortality, worstMoment))
        .withQuorums(quorums());
  }

  /** The quorums of a node, which now and then differ from the others'. */
  private Quorums quorums() {
    return random.nextInt(4) == 0
        ? new Quorums(1 + random.nextInt(4), 1 + random.nextInt(4))
        : Quorums.OF_LAYOUT;
  }

  private void moveIf(boolean wanted) {
    if (wanted) {
      cluster.beginMove(keys);
    }
  }

  /** The client of a dead coordinator gets no answer and goes on. */
  private void afterDeath(Simulation.Killed killed) {
    if (simulation.isOver()) {
      throw killed;
    }
    simulation.pause(200 * Simulation.MILLIS);
  }

  private int saw(
      Key key,
      ClientOperation.Kind kind,
      @Nullable Bytes value,
      @Nullable Bytes expected,
      long start,
      long end) {
    history.add(new Seen(key, new ClientOperation(kind, value, expected, start, end)));
    return history.size() - 1;
  }

  private void saw(int slot, @Nullable ClientOperation operation) {
    Key key = history.get(slot).key();
    refused += operation == null ? 1 : 0;
    // A refusal is certain: the operation counts as never begun.
    ClientOperation nothing =
        new ClientOperation(ClientOperation.Kind.READ, null, null, 0, UNANSWERED);
    history.set(slot, new Seen(key, operation == null ? nothing : operation));
    simulation.trace("client: " + history.get(slot));
  }

  private long deadline() {
    return simulation.nanos() + PATIENCE_NANOS;
  }

  /** The end of an operation: some clients never get an answer. */
  private long end() {
    return random.nextInt(20) == 0 ? UNANSWERED : simulation.nanos();
  }

  private Bytes value() {
    return Bytes.utf8("v" + (fewValues ? random.nextInt(2) : ++values));
  }

  private @Nullable Bytes expectation(Key key) {
    var candidates = new ArrayList<@Nullable Bytes>();
    candidates.add(null);
    for (Seen seen : history) {
      if (seen.key().equals(key) && seen.operation().answered()) {
        candidates.add(seen.operation().value());
      }
    }
    int newest = candidates.size() - 1;
    return candidates.get(Math.max(0, newest - random.nextInt(3)));
  }
}
