package rondo.s3.identity;

/** Refuses a change of accounts or keys, or says that its outcome is unknown. */
public final class IdentityException extends RuntimeException {
  /** The reason of the refusal. */
  public enum Reason {
    NOT_FOUND,
    EXISTS,
    INVALID,
    /** The cluster can't answer now; the change may have happened. */
    UNAVAILABLE
  }

  private final Reason reason;

  IdentityException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
