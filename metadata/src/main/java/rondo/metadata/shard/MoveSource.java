package rondo.metadata.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.table.Keys;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/**
 * A shard whose tail moves. The move uses the same replicas from its first step to its last: so
 * many that they meet every quorum, all of them fenced. So one of them took every acknowledged
 * write before its tail was closed. For one thread.
 */
final class MoveSource {
  private static final int PAGE = 500;

  private final MoveRequests asking;
  private final Bytes shard;
  private final Bytes attempt;
  private final Placement placement;
  private final Map<NodeId, Long> lives = new TreeMap<>();
  private final Map<NodeId, Long> places = new TreeMap<>();

  MoveSource(MoveRequests asking, ShardRange range, Bytes attempt, Placement placement) {
    this.asking = asking;
    this.shard = ShardFence.bytes(range.getId());
    this.attempt = attempt;
    this.placement = placement;
  }

  Bytes shard() {
    return shard;
  }

  /**
   * Makes replicas journal the changes of the tail from now on: so many of them that they meet
   * every quorum.
   */
  void open() throws MoveAbandonedException {
    ReplicaSet set = placement.writeSets().getFirst();
    if (placement.readSets().size() > 1
        || placement.writeSets().size() > 1
        || !placement.readSets().getFirst().nodes().equals(set.nodes())) {
      throw new MoveAbandonedException("the layout is changing");
    }
    int n = set.nodes().size();
    int least = Math.min(set.needed(), placement.readSets().getFirst().needed());
    for (NodeId node : set.nodes()) {
      if (lives.size() <= n - least
          && asking.ask(node, changes(node, false)) instanceof Reply.Changes(long life, _, _, _)) {
        lives.put(node, life);
      }
    }
    if (lives.size() <= n - least) {
      throw new MoveAbandonedException("too few replicas");
    }
  }

  List<NodeId> nodes() {
    return List.copyOf(lives.keySet());
  }

  private Request.PullChanges changes(NodeId node, boolean closed) {
    return new Request.PullChanges(
        placement.epoch(), shard, attempt, closed, places.getOrDefault(node, 0L), PAGE);
  }

  /** Reads a page of a replica's tail. */
  Reply.Rows page(NodeId node, @Nullable Key after) throws MoveAbandonedException {
    var pull = new Request.PullTail(placement.epoch(), shard, attempt, after, PAGE);
    if (asking.ask(node, pull) instanceof Reply.Rows rows) {
      return rows;
    }
    throw new MoveAbandonedException("a replica doesn't give its rows");
  }

  /** Gets rows that have changed. */
  @FunctionalInterface
  interface Taker {
    void take(List<Row> rows) throws MoveAbandonedException;
  }

  /** Passes on the rows that have changed since the last call, and returns how many. */
  long drain(boolean closed, Taker to) throws MoveAbandonedException {
    long drained = 0;
    for (NodeId node : lives.keySet()) {
      boolean more = true;
      while (more) {
        if (!(asking.ask(node, changes(node, closed)) instanceof Reply.Changes changes)
            || !lives.get(node).equals(changes.life())) {
          throw new MoveAbandonedException("a replica doesn't know what has changed");
        }
        to.take(changes.rows());
        drained += changes.rows().size();
        places.put(node, changes.last());
        more = changes.more();
      }
    }
    return drained;
  }

  /** Writes the fence's state to each of the replicas. */
  void fence(VersionedValue state) throws MoveAbandonedException {
    var push =
        new Request.PushRows(placement.epoch(), List.of(new Row(Keys.fence(shard), state, null)));
    for (NodeId node : lives.keySet()) {
      if (!(asking.ask(node, push) instanceof Reply.Done)) {
        throw new MoveAbandonedException("a replica doesn't take the fence");
      }
    }
  }

  /** Returns the rows of the closed tail as each of the replicas has them. */
  List<Row> fetch(List<Key> keys) throws MoveAbandonedException {
    var rows = new ArrayList<Row>();
    for (NodeId node : lives.keySet()) {
      List<Key> left = keys;
      while (!left.isEmpty()) {
        var fetch = new Request.FetchTail(placement.epoch(), shard, attempt, left);
        if (!(asking.ask(node, fetch) instanceof Reply.Rows(List<Row> found, Key next))
            || found.isEmpty()) {
          throw new MoveAbandonedException("a replica doesn't give its rows");
        }
        rows.addAll(found);
        left = next == null ? List.of() : left.subList(left.indexOf(next), left.size());
      }
    }
    return rows;
  }
}
