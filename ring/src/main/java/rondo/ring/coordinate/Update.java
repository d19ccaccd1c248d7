package rondo.ring.coordinate;

import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/** The result of a conditional write that reached a decision. */
public sealed interface Update {
  /** The state that the judgement was made on. */
  Versioned before();

  record Written(Versioned before, Stamp stamp) implements Update {}

  record Declined(Versioned before) implements Update {}
}
