package rondo.ring.streaming;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.ChunkFence;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.Layout;
import rondo.ring.message.Row;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * Removes this node's data of partitions that it no longer owns, under a settled epoch (the {@code
 * cleanup} of Cassandra). It removes a row or chunk only after it has seen copies on a write quorum
 * of the owners, whatever was proven before. It does so under the epoch's fence, so that no request
 * of a later epoch, in which this node may be an owner again, runs meanwhile. Used by one thread.
 */
public final class Cleanup {
  private static final int PAGE = 1000;
  private static final int BATCH_ROWS = 200;
  private static final long ASK_NANOS = 10_000_000_000L;

  private final NodeId self;
  private final Messenger messenger;
  private final ChunkTransfer chunks;
  private final LocalRows rows;
  private final ChunkFence fence;
  private final Time time;

  public Cleanup(
      NodeId self,
      Messenger messenger,
      ChunkTransfer chunks,
      LocalRows rows,
      ChunkFence fence,
      Time time) {
    this.self = self;
    this.messenger = messenger;
    this.chunks = chunks;
    this.rows = rows;
    this.fence = fence;
    this.time = time;
  }

  /** True when all data was checked; false when a listing failed or the layout has changed. */
  boolean remove(Layout layout) {
    for (var group : groups(layout).entrySet()) {
      if (!removeChunks(layout, group.getKey(), group.getValue())
          || !removeRows(layout, group.getKey(), group.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The partitions that this node doesn't own, by their owners. */
  private Map<PartitionOwners, BitSet> groups(Layout layout) {
    Map<PartitionOwners, BitSet> groups = new LinkedHashMap<>();
    for (int p = 0; p < layout.partitions(); p++) {
      PartitionOwners owners = layout.to().ownersOf(p);
      if (!owners.nodes().contains(self)) {
        groups.computeIfAbsent(owners, it -> new BitSet()).set(p);
      }
    }
    return groups;
  }

  private boolean removeChunks(Layout layout, PartitionOwners owners, BitSet partitions) {
    Bytes after = null;
    do {
      ChunkTransfer.Listing page = chunks.list(self, layout.epoch(), partitions, after, PAGE);
      if (page == null) {
        return false;
      }
      if (!page.chunks().isEmpty()) {
        Map<Bytes, Integer> held = new TreeMap<>();
        page.chunks().forEach(id -> held.put(id, 0));
        for (NodeId owner : owners.nodes()) {
          count(layout, owner, partitions, after, held);
        }
        held.values().removeIf(copies -> copies < owners.replication().w());
        var safe = List.copyOf(held.keySet());
        if (!fence.within(layout.epoch(), () -> chunks.drop(safe))) {
          return false;
        }
      }
      after = page.next();
    } while (after != null);
    return true;
  }

  /** Counts the chunks of {@code held} that an owner lists. */
  private void count(
      Layout layout,
      NodeId owner,
      BitSet partitions,
      @Nullable Bytes from,
      Map<Bytes, Integer> held) {
    Bytes last = List.copyOf(held.keySet()).getLast();
    Bytes after = from;
    do {
      ChunkTransfer.Listing page = chunks.list(owner, layout.epoch(), partitions, after, PAGE);
      if (page == null) {
        return;
      }
      page.chunks().forEach(id -> held.computeIfPresent(id, (it, copies) -> copies + 1));
      boolean behind = !page.chunks().isEmpty() && page.chunks().getLast().compareTo(last) >= 0;
      after = behind ? null : page.next();
    } while (after != null);
  }

  private boolean removeRows(Layout layout, PartitionOwners owners, BitSet partitions) {
    RowStream own = stream(layout, self, partitions);
    List<RowStream> others =
        new ArrayList<>(owners.nodes().stream().map(it -> stream(layout, it, partitions)).toList());
    var safe = new ArrayList<Row>();
    while (own.fill(deadline())) {
      Row row = own.head();
      if (row == null || safe.size() == BATCH_ROWS) {
        var batch = List.copyOf(safe);
        if (!fence.within(layout.epoch(), () -> rows.drop(batch))) {
          return false;
        }
        safe.clear();
      }
      if (row == null) {
        return true;
      }
      own.drop();
      others.removeIf(Predicate.not(stream -> reach(stream, row)));
      long copies = others.stream().filter(stream -> has(stream, row)).count();
      if (copies >= owners.replication().w() && row.key().table() != LayoutKeeper.TABLE) {
        safe.add(row);
      }
    }
    return false;
  }

  private RowStream stream(Layout layout, NodeId node, BitSet partitions) {
    return new RowStream(
        messenger, node, layout.epoch(), Bytes.wrap(partitions.toByteArray()), null);
  }

  /** Advances the stream to this row or the first behind it; false when the node doesn't answer. */
  private boolean reach(RowStream stream, Row row) {
    while (stream.fill(deadline())) {
      Row head = stream.head();
      if (head == null || Key.ORDER.compare(head.key(), row.key()) >= 0) {
        return true;
      }
      stream.drop();
    }
    return false;
  }

  private static boolean has(RowStream stream, Row row) {
    Row head = stream.head();
    return head != null
        && head.key().equals(row.key())
        && head.state().stamp().compareTo(row.state().stamp()) >= 0;
  }

  private long deadline() {
    return time.nanos() + ASK_NANOS;
  }
}
