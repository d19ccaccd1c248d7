package rondo.ring.layout;

import rondo.ring.value.Bytes;

/**
 * A join token, as the layout knows it: by its public key alone. A node that joins shows a
 * certificate that the token's private key has signed. The epoch that takes the node in counts the
 * use, so that it is counted once in the whole cluster.
 *
 * @param id the token's name in commands
 * @param key its public key (SubjectPublicKeyInfo)
 * @param uses how many nodes it may still take in; {@link #UNCOUNTED} for any number, {@link
 *     #READMITS} for any number of new lives of the members' names
 * @param untilSeconds when it ends, in seconds since 1970; 0 for never
 * @param revoked whether an operator has ended it
 */
public record JoinKey(String id, Bytes key, int uses, long untilSeconds, boolean revoked) {
  public static final int UNCOUNTED = -1;
  public static final int READMITS = -2;

  /**
   * @throws IllegalArgumentException with a message in one line
   */
  public JoinKey {
    if (!id.matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException("'%s' is not a token's id".formatted(id));
    }
    if (uses < READMITS || untilSeconds < 0) {
      throw new IllegalArgumentException("a token of %d uses".formatted(uses));
    }
  }

  /** Why it takes no node in, in a sentence; empty when it does. */
  public String obstacle(long nowSeconds) {
    String why =
        revoked
            ? "was revoked"
            : uses == 0
                ? "is used up"
                : untilSeconds > 0 && nowSeconds >= untilSeconds ? "has expired" : "";
    return why.isEmpty()
        ? ""
        : "the join token %s %s: make another by 'rondo token create', and start the node with it"
            .formatted(id, why);
  }

  /** Whether no use is counted. */
  public boolean isLasting() {
    return uses < 0;
  }

  JoinKey used() {
    return uses <= 0 ? this : new JoinKey(id, key, uses - 1, untilSeconds, revoked);
  }

  JoinKey ended() {
    return new JoinKey(id, key, uses, untilSeconds, true);
  }
}
