package rondo.metadata.shard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Row;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/** Merges the tails of a source's replicas in the order of their keys. For one thread. */
final class TailSnapshot {
  private final MoveSource source;
  private final List<Stream> streams = new ArrayList<>();

  TailSnapshot(MoveSource source) {
    this.source = source;
    source.nodes().forEach(node -> streams.add(new Stream(node)));
  }

  /** One replica's rows. */
  private final class Stream {
    final NodeId node;
    final Queue<Row> page = new ArrayDeque<>();
    private @Nullable Key after;
    private boolean ended;

    Stream(NodeId node) {
      this.node = node;
    }

    /** Returns the replica's next row; null at the end. */
    @Nullable Row head() throws MoveAbandonedException {
      while (page.isEmpty() && !ended) {
        Reply.Rows rows = source.page(node, after);
        page.addAll(rows.rows());
        after = rows.next();
        ended = after == null;
      }
      return page.peek();
    }
  }

  /** Returns the rows that the replicas have of the next key; empty at the end. */
  List<Row> next() throws MoveAbandonedException {
    Key least = null;
    for (Stream stream : streams) {
      Row head = stream.head();
      if (head != null && (least == null || Key.ORDER.compare(head.key(), least) < 0)) {
        least = head.key();
      }
    }
    var rows = new ArrayList<Row>();
    for (Stream stream : streams) {
      Row head = stream.head();
      if (head != null && head.key().equals(least)) {
        rows.add(head);
        stream.page.remove();
      }
    }
    return rows;
  }
}
