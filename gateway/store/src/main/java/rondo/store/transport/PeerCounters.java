package rondo.store.transport;

import java.util.concurrent.atomic.LongAdder;

/** Counts the requests and refused connections of the node port since the start. Thread-safe. */
public final class PeerCounters {
  final LongAdder sent = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder refused = new LongAdder();

  /** Requests sent to other nodes. */
  public long sent() {
    return sent.sum();
  }

  /** Requests of other nodes that this node answered. */
  public long served() {
    return served.sum();
  }

  /** Connections closed because they carried garbage, another version or another cluster. */
  public long refused() {
    return refused.sum();
  }
}
