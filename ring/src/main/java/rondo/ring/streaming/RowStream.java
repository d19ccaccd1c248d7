package rondo.ring.streaming;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/** The rows that one node holds of some partitions, in order, page by page. For one thread. */
final class RowStream {
  /** Rows hold small objects of up to 16 KiB: a page stays below a few MiB. */
  private static final int PAGE_ROWS = 200;

  private final Messenger messenger;
  private final NodeId source;
  private final long epoch;
  private final Bytes partitions;
  private final Deque<Row> page = new ArrayDeque<>();
  private @Nullable Key after;
  private boolean ended;

  RowStream(Messenger messenger, NodeId source, long epoch, Bytes partitions, @Nullable Key after) {
    this.messenger = messenger;
    this.source = source;
    this.epoch = epoch;
    this.partitions = partitions;
    this.after = after;
  }

  NodeId source() {
    return source;
  }

  /** Fetches a page if the last one is used up; false when the node doesn't answer. */
  boolean fill(long deadlineNanos) {
    while (page.isEmpty() && !ended) {
      var pull = new Request.PullRows(epoch, partitions, after, PAGE_ROWS);
      if (!(messenger.insist(source, pull, deadlineNanos)
          instanceof Reply.Rows(List<Row> rows, Key next))) {
        return false;
      }
      page.addAll(rows);
      after = next;
      ended = next == null;
    }
    return true;
  }

  /** The next row after a {@link #fill}; null at the end. */
  @Nullable Row head() {
    return page.peek();
  }

  void drop() {
    page.remove();
  }
}
