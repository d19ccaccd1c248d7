package rondo.server.admin;

import java.util.List;
import java.util.Map;

/** What a node shows of itself. Thread-safe; quick. */
public interface NodeView {
  /** Why it can't serve now; empty when it can. */
  String trouble();

  /** What isn't on all of its replicas, as far as this node knows; empty when everything is. */
  String lack();

  /** In Prometheus' text format. */
  String metrics();

  /** Everything that an operator looks at first, ready to become JSON; other nodes are asked. */
  Map<String, Object> status();

  /** About what a copy of one partition holds, judged by this node's; 0 when it holds none. */
  long copyBytes();

  /** How much a node takes over per second, judged by this one. */
  long copyBytesPerSecond();

  /** The chunks that this node should hold and doesn't, ready to become JSON. */
  List<Map<String, Object>> missing();

  /** Where this node's metadata is lost by damage, and since when, ready to become JSON. */
  Map<String, Object> losses();

  /**
   * Has all that is lost now closed with what is known.
   *
   * @param node who is meant
   * @throws IllegalArgumentException when that isn't this node, or when there is nothing to accept
   */
  Map<String, Object> acceptLosses(String node);

  /** What the last readings of the disks found, ready to become JSON. */
  Map<String, Object> scrub();

  /** Has the disks read again, beginning in some seconds. */
  void scrubNow();

  /** The ring, drawn as text. */
  String ring();
}
