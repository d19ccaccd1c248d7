package rondo.ring.streaming;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.port.Time;
import rondo.ring.quorum.ProposerFactory;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/**
 * Copies the rows of some partitions, which have the same old owners, to this node under a joint
 * epoch: for each row, the newest state that a read quorum of the old owners holds. Where one of
 * them has accepted a conditional write on top of it, {@link UnfinishedWrites} takes over. Copying
 * twice does no harm. Used by one thread.
 */
final class RowCopy {
  private static final int BATCH_ROWS = 200;
  private static final long ASK_NANOS = 10_000_000_000L;
  private static final int TRIES = 8;

  private final ProposerFactory proposers;
  private final LayoutKeeper keeper;
  private final Time time;
  private final NodeId self;
  private final Layout layout;
  private final PartitionOwners owners;
  private final Bytes partitions;
  private final Consumer<List<Row>> copied;
  private final Set<NodeId> failed = new TreeSet<>();
  private @Nullable Key after;

  /**
   * @param copied is called with each batch once it is here
   */
  RowCopy(
      ProposerFactory proposers,
      LayoutKeeper keeper,
      Time time,
      NodeId self,
      Layout layout,
      PartitionOwners owners,
      BitSet partitions,
      Consumer<List<Row>> copied) {
    this.proposers = proposers;
    this.keeper = keeper;
    this.time = time;
    this.self = self;
    this.layout = layout;
    this.owners = owners;
    this.partitions = Bytes.wrap(partitions.toByteArray());
    this.copied = copied;
  }

  /**
   * True when all rows are here; false when too few old owners answered, and then a later run may
   * succeed.
   */
  boolean run() {
    for (int i = 0; i < TRIES; i++) {
      NodeId silent = drain(open());
      if (silent == null) {
        return true;
      }
      if (!silent.equals(self)) {
        failed.add(silent);
      }
    }
    return false;
  }

  /** One stream from each node of a read quorum, starting behind the last row that was copied. */
  private List<RowStream> open() {
    int needed = owners.replication().r();
    if (owners.nodes().size() - failed.size() < needed) {
      failed.clear();
    }
    List<NodeId> sources =
        owners.nodes().stream()
            .filter(node -> !failed.contains(node))
            .sorted(Comparator.comparing(keeper::suspected))
            .limit(needed)
            .toList();
    return sources.stream()
        .map(node -> new RowStream(proposers.messenger(), node, layout.epoch(), partitions, after))
        .toList();
  }

  /** Stores the streams' rows; null at their common end, or the node that fell silent. */
  private @Nullable NodeId drain(List<RowStream> streams) {
    var batch = new ArrayList<Row>();
    while (true) {
      NodeId silent = fill(streams);
      Row row = silent == null ? next(streams) : null;
      if (row != null) {
        batch.add(row);
      }
      if (row == null || batch.size() == BATCH_ROWS) {
        if (!store(batch)) {
          return self;
        }
        batch.clear();
      }
      if (row == null) {
        return silent;
      }
    }
  }

  private @Nullable NodeId fill(List<RowStream> streams) {
    for (RowStream stream : streams) {
      if (!stream.fill(time.nanos() + ASK_NANOS)) {
        return stream.source();
      }
    }
    return null;
  }

  /**
   * The row of the lowest key, merged: its newest state, and its unfinished write of the newest
   * base.
   */
  private static @Nullable Row next(List<RowStream> streams) {
    Row merged = null;
    for (RowStream stream : streams) {
      Row row = stream.head();
      int order =
          row == null ? 1 : merged == null ? -1 : Key.ORDER.compare(row.key(), merged.key());
      if (row != null && order < 0) {
        merged = row;
      } else if (row != null && order == 0 && merged != null) {
        merged = merge(merged, row);
      }
    }
    for (RowStream stream : streams) {
      Row row = stream.head();
      if (row != null && merged != null && row.key().equals(merged.key())) {
        stream.drop();
      }
    }
    return merged;
  }

  private static Row merge(Row a, Row b) {
    VersionedValue state =
        a.state().stamp().compareTo(b.state().stamp()) >= 0 ? a.state() : b.state();
    Row.Pending x = a.pending();
    Row.Pending y = b.pending();
    boolean first = y == null || (x != null && x.base().compareTo(y.base()) >= 0);
    return new Row(a.key(), state, first ? x : y);
  }

  private boolean store(List<Row> batch) {
    // The register of layouts belongs to the voters, not to its key's partition.
    List<Row> rows = batch.stream().filter(row -> row.key().table() != LayoutKeeper.TABLE).toList();
    if (!rows.isEmpty()) {
      var push = new Request.PushRows(layout.epoch(), rows);
      long deadline = time.nanos() + ASK_NANOS;
      if (!(proposers.messenger().insist(self, push, deadline) instanceof Reply.Done)) {
        return false;
      }
    }
    var unfinished = new UnfinishedWrites(proposers, layout, time);
    for (Row row : rows) {
      Row.Pending pending = row.pending();
      boolean above = pending != null && pending.base().compareTo(row.state().stamp()) >= 0;
      if (pending != null && above && !unfinished.finish(row.key(), pending.base())) {
        return false;
      }
    }
    if (!batch.isEmpty()) {
      after = batch.getLast().key();
      copied.accept(List.copyOf(batch));
    }
    return true;
  }
}
