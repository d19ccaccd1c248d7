package rondo.ring.register;

import rondo.ring.message.Reply;

/**
 * What a request does to a register.
 *
 * @param state to be on stable storage before {@code reply} leaves, if {@code changed}
 */
public record Transition(RegisterState state, Reply reply, boolean changed) {
  static Transition unchanged(RegisterState state, Reply reply) {
    return new Transition(state, reply, false);
  }

  static Transition changed(RegisterState state, Reply reply) {
    return new Transition(state, reply, true);
  }
}
