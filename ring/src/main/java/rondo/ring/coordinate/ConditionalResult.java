package rondo.ring.coordinate;

import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** The result of a conditional write that reached a decision. */
public sealed interface ConditionalResult {
  /** The state that the decision was made on. */
  VersionedValue before();

  /**
   * @param overtaken whether a replica already had a larger stamp when it received this one: then
   *     this write may never have been the newest state
   */
  record Written(VersionedValue before, Stamp stamp, boolean overtaken)
      implements ConditionalResult {}

  record Declined(VersionedValue before) implements ConditionalResult {}
}
