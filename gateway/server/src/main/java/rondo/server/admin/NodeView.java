package rondo.server.admin;

import java.util.List;
import java.util.Map;
import rondo.server.health.HealthReport;

/**
 * The state that a node shows. Thread-safe. The methods return quickly, unless they say that they
 * ask other nodes.
 */
public interface NodeView {
  /** The answers to the four questions about the node's health. */
  HealthReport health();

  /** The metrics in Prometheus' text format. */
  String metrics();

  /** The overview that an operator looks at first, ready to become JSON. Asks the other nodes. */
  Map<String, Object> status();

  /**
   * The approximate size of one copy of a partition, estimated from this node's; 0 if it has none.
   */
  long copyBytes();

  /** The bytes that a node takes over per second, estimated from this node's settings. */
  long copyBytesPerSecond();

  /** The chunks that this node should hold and lacks, ready to become JSON. */
  List<Map<String, Object>> missing();

  /** The ranges of this node's metadata that damage took, and since when, ready to become JSON. */
  Map<String, Object> losses();

  /**
   * Accepts the loss: closes all lost ranges now, with the rows that are known.
   *
   * @param node the id of the node that the operator means
   * @throws IllegalArgumentException when that isn't this node, or when there is nothing to accept
   */
  Map<String, Object> acceptLosses(String node);

  /** The findings of the last scrubs of the disks, ready to become JSON. */
  Map<String, Object> scrub();

  /** Starts a scrub of the disks within some seconds. */
  void scrubNow();

  /** The ring, drawn as text. */
  String ring();
}
