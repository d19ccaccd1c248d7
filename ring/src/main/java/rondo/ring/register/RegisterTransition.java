package rondo.ring.register;

import rondo.ring.message.Reply;

/**
 * A register's state after a request, and the reply.
 *
 * @param state to be on stable storage before {@code reply} leaves, if {@code changed}
 */
public record RegisterTransition(RegisterState state, Reply reply, boolean changed) {
  static RegisterTransition unchanged(RegisterState state, Reply reply) {
    return new RegisterTransition(state, reply, false);
  }

  static RegisterTransition changed(RegisterState state, Reply reply) {
    return new RegisterTransition(state, reply, true);
  }
}
