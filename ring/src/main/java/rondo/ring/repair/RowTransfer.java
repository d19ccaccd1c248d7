package rondo.ring.repair;

import java.util.ArrayList;
import java.util.List;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/** Copies rows from the node with the newer ones to another, a batch at a time. For one thread. */
final class RowTransfer {
  /** Rows hold small objects of up to 16 KiB: a batch stays below a few MiB. */
  private static final int BATCH_ROWS = 200;

  private final PeerQuestions peers;
  private final NodeId from;
  private final NodeId to;
  private final long epoch;
  private final long pauseNanos;
  private final List<Key> batch = new ArrayList<>();
  private long moved;

  RowTransfer(PeerQuestions peers, NodeId from, NodeId to, long epoch, long pauseNanos) {
    this.peers = peers;
    this.from = from;
    this.to = to;
    this.epoch = epoch;
    this.pauseNanos = pauseNanos;
  }

  /** The number of rows that have arrived. */
  long moved() {
    return moved;
  }

  /**
   * Adds a row to the batch, and sends a full batch; false when one of the nodes doesn't answer.
   */
  boolean add(Key key) {
    batch.add(key);
    return batch.size() < BATCH_ROWS || flush();
  }

  /** Sends the batch; false when one of the nodes doesn't answer. */
  boolean flush() {
    while (!batch.isEmpty()) {
      var fetch = new Request.FetchRows(epoch, List.copyOf(batch));
      if (!(peers.ask(from, fetch) instanceof Reply.Rows(List<Row> rows, Key next))
          || !peers.push(to, epoch, rows)) {
        return false;
      }
      moved += rows.size();
      int given = next == null ? batch.size() : batch.indexOf(next);
      if (given < 1) {
        return false;
      }
      batch.subList(0, given).clear();
      peers.pause(pauseNanos);
    }
    return true;
  }
}
