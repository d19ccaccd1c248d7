package rondo.ring.streaming;

import java.util.List;
import rondo.ring.message.Row;

/** The rows that this node holds, as the move of partitions treats them. Thread-safe. */
public interface LocalRows {
  /**
   * Forgets these rows, where their state is still this one: others hold them now. A row may come
   * back after a crash.
   */
  void drop(List<Row> rows);
}
