package rondo.ring.quorum;

import rondo.ring.message.Reply.Reason;

/** How an operation on a quorum ended. */
public sealed interface Outcome<T> {
  /** Done. */
  record Reached<T>(T value) implements Outcome<T> {}

  /** Certainly not done. */
  record Refused<T>(Reason reason, String detail) implements Outcome<T> {}

  /** Perhaps done, perhaps not, perhaps done later. */
  record Unknown<T>(String detail) implements Outcome<T> {}
}
