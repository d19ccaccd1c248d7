package rondo.ring.membership;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Ring;
import rondo.ring.register.PaxosInstance;
import rondo.ring.register.RegisterState;
import rondo.ring.register.RegisterTransition;
import rondo.ring.streaming.LocalRows;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * Rows that survive crashes. {@code pause} waits as a disk does: before a row is read, and after it
 * was stored.
 */
final class MemoryRows implements LocalRows {
  private final TreeMap<Key, RegisterState> rows =
      new TreeMap<>(
          Comparator.comparingInt(Key::table)
              .thenComparingInt((Key key) -> key.partition().length())
              .thenComparing(Key::partition)
              .thenComparing(Key::sort));
  private final Ring ring;
  private final int pageRows;
  private final Runnable pause;

  MemoryRows(Ring ring, int pageRows, Runnable pause) {
    this.ring = ring;
    this.pageRows = pageRows;
    this.pause = pause;
  }

  @Nullable Bytes value(Key key) {
    return rows.getOrDefault(key, RegisterState.NEVER).current().value();
  }

  Reply answer(Request.Rows request) {
    pause.run();
    Reply reply =
        switch (request) {
          case Request.Query m -> rows.getOrDefault(m.key(), RegisterState.NEVER).query(m.full());
          case Request.Propagate m -> apply(m.key(), state -> state.propagate(m));
          case Request.Prepare m -> apply(m.key(), state -> state.prepare(m));
          case Request.Accept m -> apply(m.key(), state -> state.accept(m));
          case Request.PullRows m -> pull(m);
          case Request.PushRows m -> push(m);
          case Request.Scan _, Request.Repair _, Request.Tail _, Request.TakeSnapshot _ ->
              new Reply.Refused(Reply.Reason.MALFORMED, "not simulated");
        };
    pause.run();
    return reply;
  }

  @Override
  public void drop(List<Row> dropped) {
    for (Row row : dropped) {
      RegisterState state = rows.get(row.key());
      if (state != null && state.current().equals(row.state())) {
        rows.remove(row.key());
      }
    }
  }

  private Reply apply(Key key, Function<RegisterState, RegisterTransition> step) {
    RegisterTransition done = step.apply(rows.getOrDefault(key, RegisterState.NEVER));
    if (done.changed()) {
      rows.put(key, done.state());
    }
    return done.reply();
  }

  private Reply push(Request.PushRows push) {
    for (Row row : push.rows()) {
      var propagate = new Request.Propagate(push.epoch(), row.key(), row.state());
      apply(row.key(), state -> state.propagate(propagate));
    }
    return new Reply.Done();
  }

  private Reply pull(Request.PullRows pull) {
    var partitions = BitSet.valueOf(pull.partitions().array());
    var page = new ArrayList<Row>();
    Key after = pull.after();
    Key last = null;
    for (var row : (after == null ? rows : rows.tailMap(after, false)).entrySet()) {
      if (page.size() == Math.min(pageRows, pull.limit())) {
        return new Reply.Rows(page, last);
      }
      last = row.getKey();
      if (partitions.get(ring.partitionOf(last.partition()))) {
        page.add(new Row(last, row.getValue().current(), pending(row.getValue().instances())));
      }
    }
    return new Reply.Rows(page, null);
  }

  private static Row.@Nullable Pending pending(List<PaxosInstance> instances) {
    Row.Pending newest = null;
    for (PaxosInstance instance : instances) {
      AcceptedValue accepted = instance.accepted();
      if (accepted != null) {
        newest = new Row.Pending(instance.base(), accepted.ballot(), accepted.value());
      }
    }
    return newest;
  }
}
