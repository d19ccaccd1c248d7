package rondo.ring.streaming;

import java.util.List;
import rondo.ring.message.Row;

/** The rows that this node holds, for {@link Cleanup}. Thread-safe. */
public interface LocalRows {
  /**
   * Drops these rows, except those whose state has changed: others hold them now. A row may come
   * back after a crash.
   */
  void drop(List<Row> rows);
}
