package rondo.storage.node;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Engine;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Ring;
import rondo.ring.repair.RowSums;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Answers nodes that compare their rows with this node's: the replica's side of anti-entropy.
 * Thread-safe.
 */
final class RowComparison {
  private static final long PAGE_BYTES = 1 << 20;

  private final Engine engine;
  private final RowRegisters registers;
  private final Supplier<Ring> ring;
  private final LiveSums sums;

  RowComparison(Engine engine, RowRegisters registers, Supplier<Ring> ring, LiveSums sums) {
    this.engine = engine;
    this.registers = registers;
    this.ring = ring;
    this.sums = sums;
  }

  RowRegisters.Answered answer(Request.Repair request) {
    return switch (request) {
      case Request.SumPartitions all -> {
        var partitions = BitSet.valueOf(all.partitions().array());
        check(partitions.length() - 1);
        yield known(sums.complete(), known -> known.of(partitions));
      }
      case Request.SumLeaves leaves -> {
        check(leaves.partition());
        yield known(sums.complete(), known -> known.leaves(leaves.partition()));
      }
      case Request.ListStamps list -> {
        check(list.partition());
        yield StampList.page(engine, ring.get(), list);
      }
      case Request.FetchRows fetch -> fetch(fetch);
      case Request.PullRegisters pull -> RowPull.page(engine, ring.get(), pull);
    };
  }

  private void check(int partition) {
    if (partition < -1 || partition >= ring.get().most()) {
      throw new IllegalArgumentException("no partition: " + partition);
    }
  }

  private static RowRegisters.Answered known(
      @Nullable RowSums sums, Function<RowSums, Reply> answer) {
    Reply reply =
        sums == null
            ? new Reply.Refused(Reply.Reason.UNAVAILABLE, "the rows are still being read")
            : answer.apply(sums);
    return new RowRegisters.Answered(reply, 0, false);
  }

  private RowRegisters.Answered fetch(Request.FetchRows fetch) {
    var rows = new ArrayList<Row>();
    long bytes = 0;
    long newest = 0;
    for (Key key : fetch.keys()) {
      if (bytes >= PAGE_BYTES) {
        return new RowRegisters.Answered(new Reply.Rows(rows, key), newest, false);
      }
      RowRegisters.Found found = registers.find(key);
      VersionedValue current = found.state().current();
      if (Tables.isShared(key.table()) && !current.stamp().equals(Stamp.ZERO)) {
        rows.add(new Row(key, current, null));
        newest = Math.max(newest, found.sequence());
        bytes += key.sort().length() + (current.value() == null ? 0 : current.value().length());
      }
    }
    return new RowRegisters.Answered(new Reply.Rows(rows, null), newest, false);
  }
}
