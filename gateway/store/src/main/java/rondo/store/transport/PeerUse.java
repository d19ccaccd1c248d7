package rondo.store.transport;

import java.util.concurrent.atomic.LongAdder;
import rondo.ring.measure.DurationCounts;

/** Counts this node's messages to one other node. Thread-safe. */
public final class PeerUse {
  final LongAdder sent = new LongAdder();
  final LongAdder failed = new LongAdder();
  final DurationCounts answered = new DurationCounts();

  /** Messages for the node, also those that never left. */
  public long sent() {
    return sent.sum();
  }

  /** Messages that got no answer: no connection, too many under way, or none in time. */
  public long failed() {
    return failed.sum();
  }

  /** The time from each message to its answer. */
  public DurationCounts answered() {
    return answered;
  }
}
