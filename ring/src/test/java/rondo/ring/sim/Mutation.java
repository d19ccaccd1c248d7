package rondo.ring.sim;

/** Ways to break the protocol; the checker must find each. */
public enum Mutation {
  /** The protocol is not broken. */
  NONE,
  /** Reads answer without writing back. */
  NO_READ_REPAIR,
  /** Conditional writes propagate without a ballot. */
  NO_CONSENSUS,
  /** Writes take their stamp from their own clock alone. */
  NO_WRITE_QUERY,
  /** Keys move without a copy. */
  NO_COPY,
  /** Keys are copied without the unfinished conditional write on top. */
  NO_INSTANCE,
  /** The last layout is used before the replicas of the one before know of it. */
  NO_FENCE,
  /** Some reads wait for fewer replicas than the layout asks. */
  SMALL_QUORUMS
}
