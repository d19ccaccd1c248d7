package rondo.ring.repair;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * The keys and stamps of the rows that one node holds in some leaves, in order, page by page. For
 * one thread.
 */
final class StampStream {
  private static final int PAGE_ROWS = 2000;

  private final PeerQuestions peers;
  private final NodeId source;
  private final long epoch;
  private final int partition;
  private final Bytes leaves;
  private final Deque<Reply.Stamped> page = new ArrayDeque<>();
  private @Nullable Key after;
  private boolean ended;

  StampStream(PeerQuestions peers, NodeId source, long epoch, int partition, BitSet leaves) {
    this.peers = peers;
    this.source = source;
    this.epoch = epoch;
    this.partition = partition;
    this.leaves = Bytes.wrap(leaves.toByteArray());
  }

  /** Fetches a page if the last one is used up; false when the node doesn't answer. */
  boolean fill(long pauseNanos) {
    while (page.isEmpty() && !ended) {
      var list = new Request.ListStamps(epoch, partition, leaves, after, PAGE_ROWS);
      if (!(peers.ask(source, list) instanceof Reply.Stamps(List<Reply.Stamped> rows, Key next))) {
        return false;
      }
      page.addAll(rows);
      after = next;
      ended = next == null;
      peers.pause(pauseNanos);
    }
    return true;
  }

  /** The next row after a {@link #fill}; null at the end. */
  Reply.@Nullable Stamped head() {
    return page.peek();
  }

  void drop() {
    page.remove();
  }
}
