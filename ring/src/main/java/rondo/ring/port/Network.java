package rondo.ring.port;

import rondo.ring.message.Answer;
import rondo.ring.message.Request;
import rondo.ring.value.NodeId;

/** Carries requests to nodes (the own one included) and their replies back. Thread-safe. */
public interface Network {
  /**
   * Sends {@code request}; whatever reply arrives before the deadline is put into {@code answers}.
   * Either may be lost or late, and a reply may come twice; silence is an answer too. Each send is
   * handled at most once, so that a refusal is certain. Neither throws nor blocks.
   */
  void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers);
}
