package rondo.ring.coordinate;

import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/** The result of a conditional write that reached a decision. */
public sealed interface Update {
  /** The state that the judgement was made on. */
  Versioned before();

  /**
   * @param overtaken whether a replica had a larger stamp already when it took this one: somebody
   *     else's write may never have been the newest state
   */
  record Written(Versioned before, Stamp stamp, boolean overtaken) implements Update {}

  record Declined(Versioned before) implements Update {}
}
