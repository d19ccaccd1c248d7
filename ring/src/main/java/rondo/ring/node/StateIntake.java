package rondo.ring.node;

import java.util.function.Supplier;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;

/** A node's work on a state that a coordinator sends, beside storing it. Thread-safe. */
public interface StateIntake {
  /**
   * Has the replica store a state, and returns the replica's reply, or refuses.
   *
   * @param replica stores the state, and answers
   */
  Reply take(Request.Propagate propagate, Supplier<Reply> replica);
}
