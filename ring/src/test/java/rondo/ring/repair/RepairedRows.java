package rondo.ring.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Ring;
import rondo.ring.port.Replica;
import rondo.ring.register.RegisterState;
import rondo.ring.register.RegisterTransition;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/** The rows of a simulated node, which survive crashes, and their sums, which don't. */
public final class RepairedRows {
  /** A replica that answers from these rows. */
  final Replica node = new RowsOnlyNode(this::answer);

  public final TreeMap<Key, RegisterState> rows = new TreeMap<>(Key.ORDER);
  private final Ring ring;
  private final int pageRows;
  private RowSums sums;

  /** The number of rows that arrived here by pushes. */
  int pushed;

  /** The number of stamps that this node has reported. */
  int told;

  public RepairedRows(Ring ring, int pageRows) {
    this.ring = ring;
    this.pageRows = pageRows;
    this.sums = new RowSums(ring.partitions());
  }

  /** Restarts the node: the sums are built anew from the rows. */
  public void restart() {
    sums = new RowSums(ring.partitions());
    rows.forEach((key, state) -> count(key, Stamp.ZERO, state.current().stamp()));
  }

  private void count(Key key, Stamp before, Stamp after) {
    sums.change(ring.partitionOf(key.partition()), key, before, after);
  }

  public RegisterState at(Key key) {
    return rows.getOrDefault(key, RegisterState.NEVER);
  }

  public Reply answer(Request.Rows request) {
    return switch (request) {
      case Request.Query m -> at(m.key()).query(m.full());
      case Request.Propagate m -> apply(m.key(), state -> state.propagate(m));
      case Request.Prepare m -> apply(m.key(), state -> state.prepare(m));
      case Request.Accept m -> apply(m.key(), state -> state.accept(m));
      case Request.PushRows m -> push(m);
      case Request.SumPartitions m -> sums.of(BitSet.valueOf(m.partitions().array()));
      case Request.SumLeaves m -> sums.leaves(m.partition());
      case Request.ListStamps m -> list(m);
      case Request.FetchRows m -> fetch(m);
      default -> new Reply.Refused(Reply.Reason.MALFORMED, "not simulated");
    };
  }

  Reply apply(Key key, Function<RegisterState, RegisterTransition> step) {
    RegisterState before = at(key);
    RegisterTransition done = step.apply(before);
    if (done.changed()) {
      rows.put(key, done.state());
      count(key, before.current().stamp(), done.state().current().stamp());
    }
    return done.reply();
  }

  private Reply push(Request.PushRows push) {
    for (Row row : push.rows()) {
      pushed++;
      var propagate = new Request.Propagate(push.epoch(), row.key(), row.state());
      apply(row.key(), state -> state.propagate(propagate));
    }
    return new Reply.Done();
  }

  private Reply list(Request.ListStamps list) {
    var leaves = BitSet.valueOf(list.leaves().array());
    List<Reply.Stamped> page = new ArrayList<>();
    Key after = list.after();
    Key last = null;
    int seen = 0;
    for (var row : (after == null ? rows : rows.tailMap(after, false)).entrySet()) {
      if (seen++ == pageRows) {
        return new Reply.Stamps(page, last);
      }
      last = row.getKey();
      Stamp stamp = row.getValue().current().stamp();
      boolean wanted = ring.partitionOf(last.partition()) == list.partition();
      if (wanted && leaves.get(RowSums.leaf(last)) && !stamp.equals(Stamp.ZERO)) {
        page.add(new Reply.Stamped(last, stamp));
        told++;
      }
    }
    return new Reply.Stamps(page, null);
  }

  private Reply fetch(Request.FetchRows fetch) {
    var page = new ArrayList<Row>();
    for (Key key : fetch.keys()) {
      if (page.size() == Math.max(1, pageRows / 2)) {
        return new Reply.Rows(page, key);
      }
      if (!at(key).current().stamp().equals(Stamp.ZERO)) {
        page.add(new Row(key, at(key).current(), null));
      }
    }
    return new Reply.Rows(page, null);
  }
}
