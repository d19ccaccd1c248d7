package rondo.store.snapshot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Row;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * The rows of several nodes' snapshots as one, in the order of {@link Key#ORDER}: of each key the
 * newest state, without those that are removed. It has one page of each node in memory. Used by one
 * thread.
 */
public final class SnapshotRows {
  /** Reads a page of a node's snapshot. */
  @FunctionalInterface
  interface Pages {
    /**
     * @param after the page begins behind this key; null for the first
     * @throws SnapshotException when the node has no snapshot any more
     */
    Reply.Rows page(NodeId node, @Nullable Key after);
  }

  private final Pages pages;
  private final PriorityQueue<Source> sources =
      new PriorityQueue<>(Comparator.comparing(source -> source.first().key(), Key.ORDER));

  private boolean begun;
  private final List<NodeId> nodes;

  SnapshotRows(List<NodeId> nodes, Pages pages) {
    this.nodes = nodes;
    this.pages = pages;
  }

  /** What is left of one node's snapshot. */
  private static final class Source {
    private final NodeId node;
    private final Deque<Row> rows = new ArrayDeque<>();
    private @Nullable Key next;

    Source(NodeId node) {
      this.node = node;
    }

    Row first() {
      return rows.element();
    }
  }

  /**
   * Returns the next row; null behind the last.
   *
   * @throws SnapshotException when a node's snapshot can't be read any more
   */
  public @Nullable Row next() {
    begin();
    while (!sources.isEmpty()) {
      Row row = newest();
      if (row.state().isPresent()) {
        return row;
      }
    }
    return null;
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    for (NodeId node : nodes) {
      var source = new Source(node);
      take(source, pages.page(node, null));
    }
  }

  /** Takes the first row of every source that has it, and returns its newest state. */
  private Row newest() {
    var having = new ArrayList<Source>();
    Row newest = sources.element().first();
    Key key = newest.key();
    while (!sources.isEmpty() && sources.element().first().key().equals(key)) {
      Source source = sources.remove();
      Row row = source.rows.remove();
      newest = row.state().stamp().compareTo(newest.state().stamp()) > 0 ? row : newest;
      having.add(source);
    }
    having.forEach(this::putBack);
    return newest;
  }

  private void putBack(Source source) {
    if (!source.rows.isEmpty()) {
      sources.add(source);
    } else if (source.next != null) {
      take(source, pages.page(source.node, source.next));
    }
  }

  private void take(Source source, Reply.Rows page) {
    Reply.Rows now = page;
    while (now.rows().isEmpty() && now.next() != null) {
      now = pages.page(source.node, now.next());
    }
    source.rows.addAll(now.rows());
    source.next = now.next();
    if (!source.rows.isEmpty()) {
      sources.add(source);
    }
  }
}
