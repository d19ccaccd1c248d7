package rondo.storage.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Reply;
import rondo.ring.register.RegisterState;
import rondo.ring.register.RegisterTransition;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/** A node's registers, kept as rows of its engine. Thread-safe. */
final class RowRegisters {
  /** Far more locks than requests run at once, so that two keys seldom share one. */
  private static final int STRIPES = 1024;

  private final Engine engine;
  private final LiveSums sums;
  private final Consumer<Key> noted;
  private final Function<Bytes, Engine.@Nullable Entry> reader;
  private final List<ReentrantLock> stripes;

  /**
   * @param noted called with every key whose state or accepted value has changed, before any node
   *     gets a reply
   */
  RowRegisters(Engine engine, LiveSums sums, Consumer<Key> noted) {
    this(
        engine,
        sums,
        noted,
        engine::get,
        IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toList());
  }

  private RowRegisters(
      Engine engine,
      LiveSums sums,
      Consumer<Key> noted,
      Function<Bytes, Engine.@Nullable Entry> reader,
      List<ReentrantLock> stripes) {
    this.engine = engine;
    this.sums = sums;
    this.noted = noted;
    this.reader = reader;
    this.stripes = stripes;
  }

  /**
   * Returns these registers as repair sees them: in a lost range a register has the newest state
   * that is left or was brought back.
   */
  RowRegisters known() {
    return new RowRegisters(engine, sums, noted, engine::getIntact, stripes);
  }

  /**
   * A reply, which may leave once {@code sequence} is durable.
   *
   * @param changed whether the request changed the register
   */
  record Answered(Reply reply, long sequence, boolean changed) {}

  /** A register's state and the sequence number of the write that made it. */
  record Found(RegisterState state, long sequence) {}

  /**
   * Returns a register's state.
   *
   * @throws EngineException when damage leaves it unknown
   */
  Found find(Key key) {
    return find(RowKey.encode(key));
  }

  private Found find(Bytes row) {
    Engine.Entry entry = reader.apply(row);
    return entry == null
        ? new Found(RegisterState.NEVER, 0)
        : new Found(decode(entry), entry.sequence());
  }

  /** Applies a transition to a register, one at a time for each key. Does not wait for the disk. */
  Answered apply(Key key, Function<RegisterState, RegisterTransition> transition) {
    Bytes row = RowKey.encode(key);
    ReentrantLock stripe = stripes.get(stripe(row));
    stripe.lock();
    try {
      Found found = find(row);
      RegisterTransition next = transition.apply(found.state());
      long sequence =
          next.changed()
              ? sums.write(
                  List.of(new Engine.Change(row, next.state().encode())),
                  List.of(changed(row, found.state(), next.state())))
              : found.sequence();
      note(key, found.state(), next.state());
      return new Answered(next.reply(), sequence, next.changed());
    } finally {
      stripe.unlock();
    }
  }

  /**
   * Applies transitions to several registers at once, in one write of the engine.
   *
   * @param keys distinct
   * @param transitions returns the transitions of the keys' states, in their order
   * @param reply makes the reply of the states that were found
   */
  Answered applyAll(
      List<Key> keys,
      Function<List<RegisterState>, List<RegisterTransition>> transitions,
      Function<List<RegisterState>, Reply> reply) {
    List<Bytes> rows = keys.stream().map(RowKey::encode).toList();
    // Locked in the order of the stripes, so that no two threads wait for each other.
    List<ReentrantLock> locks =
        rows.stream().map(RowRegisters::stripe).distinct().sorted().map(stripes::get).toList();
    locks.forEach(ReentrantLock::lock);
    try {
      List<Found> found = rows.stream().map(this::find).toList();
      List<RegisterState> states = found.stream().map(Found::state).toList();
      List<RegisterTransition> next = transitions.apply(states);
      var changes = new ArrayList<Engine.Change>();
      var changed = new ArrayList<LiveSums.Changed>();
      for (int i = 0; i < rows.size(); i++) {
        if (next.get(i).changed()) {
          changes.add(new Engine.Change(rows.get(i), next.get(i).state().encode()));
          changed.add(changed(rows.get(i), states.get(i), next.get(i).state()));
        }
      }
      long sequence =
          changes.isEmpty()
              ? found.stream().mapToLong(Found::sequence).max().orElse(0)
              : sums.write(changes, changed);
      for (int i = 0; i < keys.size(); i++) {
        note(keys.get(i), states.get(i), next.get(i).state());
      }
      return new Answered(reply.apply(states), sequence, !changes.isEmpty());
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }

  /**
   * Notes a change of the state or of the accepted value; a promise alone is of no use to other
   * nodes.
   */
  private void note(Key key, RegisterState before, RegisterState after) {
    if (!before.current().equals(after.current())
        || !Objects.equals(RowPull.pending(before), RowPull.pending(after))) {
      noted.accept(key);
    }
  }

  private static LiveSums.Changed changed(Bytes row, RegisterState before, RegisterState after) {
    return new LiveSums.Changed(row, before.current().stamp(), after.current().stamp());
  }

  private static int stripe(Bytes row) {
    return Math.floorMod(row.hashCode(), STRIPES);
  }

  /** Removes a register from the engine if its stamp is still this one. */
  void drop(Key key, Stamp stamp) {
    Bytes row = RowKey.encode(key);
    ReentrantLock stripe = stripes.get(Math.floorMod(row.hashCode(), STRIPES));
    stripe.lock();
    try {
      Found found = find(row);
      if (found.state().current().stamp().equals(stamp)) {
        sums.write(
            List.of(new Engine.Change(row, null)),
            List.of(changed(row, found.state(), RegisterState.NEVER)));
      }
    } finally {
      stripe.unlock();
    }
  }

  /**
   * Decodes a register.
   *
   * @throws EngineException when the row's value is not a register
   */
  static RegisterState decode(Engine.Entry entry) {
    return read(entry, RegisterState::decode);
  }

  /**
   * Decodes the current state of a register alone.
   *
   * @throws EngineException when the row's value is not a register
   */
  static RegisterState.Seen see(Engine.Entry entry) {
    return read(entry, RegisterState::see);
  }

  private static <T> T read(Engine.Entry entry, Function<Bytes, T> reader) {
    try {
      return reader.apply(entry.value());
    } catch (IllegalArgumentException e) {
      throw new EngineException("the row " + entry.key() + " can't be read", e);
    }
  }
}
