package rondo.ring.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** The history of operations on registers through any coordinator, as their clients saw them. */
public final class History {
  private final Simulation simulation;
  private final long patienceNanos;
  private final Map<Key, List<ClientOperation>> operations = new TreeMap<>(Key.ORDER);
  private int answered;

  /**
   * @param patienceNanos the time until an operation's deadline
   */
  public History(Simulation simulation, long patienceNanos) {
    this.simulation = simulation;
    this.patienceNanos = patienceNanos;
  }

  /** Reads a key; true when the read was answered. */
  public boolean read(Coordinator coordinator, Key key) {
    long start = simulation.nanos();
    if (coordinator.read(key, ConsistencyLevel.LINEARIZABLE, start + patienceNanos)
        instanceof Outcome.Reached<VersionedValue>(VersionedValue state)) {
      note(key, ClientOperation.Kind.READ, state.value(), null, start, true);
      return true;
    }
    return false;
  }

  /** Writes a key; true when the write was acknowledged. */
  public boolean write(Coordinator coordinator, Key key, Bytes value) {
    long start = simulation.nanos();
    var outcome = coordinator.write(key, value, start + patienceNanos);
    boolean known = outcome instanceof Outcome.Reached;
    if (!(outcome instanceof Outcome.Refused)) {
      note(key, ClientOperation.Kind.WRITE, value, null, start, known);
    }
    return known;
  }

  /** Writes conditionally, only on the first state that the write is shown. */
  public void update(Coordinator coordinator, Key key, Bytes value) {
    long start = simulation.nanos();
    var seen = new ArrayList<VersionedValue>();
    var outcome =
        coordinator.update(
            key,
            current -> {
              seen.add(current);
              return seen.getFirst().equals(current)
                  ? new Decision.Put(value)
                  : new Decision.Decline();
            },
            start + patienceNanos);
    switch (outcome) {
      case Outcome.Reached<ConditionalResult>(
              ConditionalResult.Written(VersionedValue before, var _, var _)) ->
          note(key, ClientOperation.Kind.WON, value, before.value(), start, true);
      case Outcome.Unknown<ConditionalResult> _ ->
          note(key, ClientOperation.Kind.WON, value, seen.getFirst().value(), start, false);
      default -> {}
    }
  }

  /** Notes a conditional write on an absent key whose client never got an answer. */
  public void mayHaveWon(Key key, Bytes value) {
    note(key, ClientOperation.Kind.WON, value, null, simulation.nanos(), false);
  }

  private void note(
      Key key,
      ClientOperation.Kind kind,
      @Nullable Bytes value,
      @Nullable Bytes expected,
      long start,
      boolean known) {
    answered += known ? 1 : 0;
    long end = known ? simulation.nanos() : Long.MAX_VALUE;
    operations
        .computeIfAbsent(key, _ -> new ArrayList<>())
        .add(new ClientOperation(kind, value, expected, start, end));
  }

  /** The number of operations whose clients know the outcome. */
  public int answered() {
    return answered;
  }

  /** The keys' histories that no order of their operations explains. */
  public List<String> violations() {
    var violations = new ArrayList<String>();
    operations.forEach((key, seen) -> {
      if (!Linearizability.holds(seen)) {
        violations.add(key + ": " + seen);
      }
    });
    return violations;
  }
}
