package rondo.store.transport;

import java.util.concurrent.atomic.LongAdder;

/** What happened on the node port since the start. Thread-safe. */
public final class PeerCounters {
  final LongAdder sent = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder refused = new LongAdder();

  /** Requests sent to other nodes. */
  public long sent() {
    return sent.sum();
  }

  /** Requests of other nodes that were answered. */
  public long served() {
    return served.sum();
  }

  /** Connections closed for what came over them: garbage, another version, another cluster. */
  public long refused() {
    return refused.sum();
  }
}
