package rondo.ring.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.ScanRange;
import rondo.ring.node.RequestDispatcher;
import rondo.ring.port.Replica;
import rondo.ring.register.RegisterState;
import rondo.ring.register.RegisterTransition;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/**
 * A replica whose rows survive crashes, as their bytes; each answer comes after they are stored.
 */
final class SimulatedReplica implements Replica {
  private final SortedMap<Key, Bytes> rows =
      new TreeMap<>(
          Comparator.comparingInt(Key::table)
              .thenComparing(Key::partition)
              .thenComparing(Key::sort));

  /** A page ends once it has read this many rows for each of its most entries. */
  private static final int LOOKS_PER_ENTRY = 2;

  private final int mostEntries;
  private final RequestDispatcher dispatcher;
  private long epoch;

  /**
   * @param mostEntries a page is cut off at so many entries, as if they were large
   */
  SimulatedReplica(int mostEntries) {
    this.mostEntries = mostEntries;
    this.dispatcher =
        new RequestDispatcher(
            (from, asked, answer) -> under(asked, answer),
            (propagate, replica) -> replica.get(),
            this::onRows,
            this::onLayouts,
            RowsOnlyNode::refuse);
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    return dispatcher.handle(from, request);
  }

  private Reply under(long asked, Supplier<Reply> answer) {
    if (asked < epoch) {
      return new Reply.Stale(epoch);
    }
    epoch = asked;
    return answer.get();
  }

  private Reply onLayouts(Request.Membership request) {
    if (request instanceof Request.Install) {
      epoch = Math.max(epoch, request.epoch());
      return new Reply.Done();
    }
    throw new IllegalArgumentException("not simulated: " + request);
  }

  private Reply onRows(Request.Rows request) {
    return switch (request) {
      case Request.Query m -> row(m.key()).query(m.full());
      case Request.Propagate m -> store(m.key(), row(m.key()).propagate(m));
      case Request.Prepare m -> store(m.key(), row(m.key()).prepare(m));
      case Request.Accept m -> store(m.key(), row(m.key()).accept(m));
      case Request.Scan m -> scan(m.range(), m.full());
      default -> throw new IllegalArgumentException("not simulated: " + request);
    };
  }

  private RegisterState row(Key key) {
    Bytes row = rows.get(key);
    return row == null ? RegisterState.NEVER : RegisterState.decode(row);
  }

  private Reply store(Key key, RegisterTransition transition) {
    if (transition.changed()) {
      rows.put(key, transition.state().encode());
    }
    return transition.reply();
  }

  private Reply scan(ScanRange range, boolean full) {
    var entries = new ArrayList<Reply.Entry>();
    int looked = 0;
    for (Key key : rows.keySet()) {
      if (covers(range, key) && ++looked > LOOKS_PER_ENTRY * mostEntries) {
        return new Reply.Page(entries, true, key.sort());
      }
      VersionedValue state = row(key).current();
      if (state.isPresent() && covers(range, key) && isNew(entries, key)) {
        if (entries.size() == Math.min(range.limit(), mostEntries)) {
          return new Reply.Page(entries, true);
        }
        Bytes group = group(range, key.sort());
        Bytes value = full && group == null ? state.value() : null;
        entries.add(new Reply.Entry(group, key.sort(), state.stamp(), value));
      }
    }
    return new Reply.Page(entries, false);
  }

  private static boolean covers(ScanRange range, Key key) {
    return key.table() == range.table()
        && key.partition().equals(range.partition())
        && key.sort().startsWith(range.prefix())
        && key.sort().compareTo(range.from()) >= 0;
  }

  private static boolean isNew(List<Reply.Entry> entries, Key key) {
    Bytes last = entries.isEmpty() ? null : entries.getLast().group();
    return last == null || !key.sort().startsWith(last);
  }

  private static @Nullable Bytes group(ScanRange range, Bytes sort) {
    Bytes delimiter = range.delimiter();
    if (delimiter == null) {
      return null;
    }
    for (int i = range.prefix().length(); i + delimiter.length() <= sort.length(); i++) {
      if (sort.slice(i, i + delimiter.length()).equals(delimiter)) {
        return sort.slice(0, i + delimiter.length());
      }
    }
    return null;
  }
}
