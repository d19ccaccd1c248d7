package rondo.gateway.admin;

import java.util.Map;

/** What a node shows of itself. Thread-safe; quick. */
public interface NodeView {
  /** Why it can't serve now; empty when it can. */
  String trouble();

  /** In Prometheus' text format. */
  String metrics();

  /** Everything that an operator looks at first, ready to become JSON. */
  Map<String, Object> status();

  /** The ring, drawn as text. */
  String ring();
}
