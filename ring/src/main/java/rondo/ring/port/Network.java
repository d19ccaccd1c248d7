package rondo.ring.port;

import rondo.ring.message.Answer;
import rondo.ring.message.Request;
import rondo.ring.value.NodeId;

/** Carries requests to nodes (the sender itself included) and their replies back. Thread-safe. */
public interface Network {
  /**
   * Sends {@code request}, and puts each reply that arrives before the deadline into {@code
   * answers}. Request and reply may be lost or late, and a reply may come twice; callers must
   * expect silence. The target handles each send at most once, so that a refusal is certain.
   * Neither throws nor blocks.
   *
   * @param deadlineNanos of {@link Time#nanos}
   */
  void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers);
}
