package rondo.s3.crypt;

/** A master key could not be used. */
public final class KmsException extends RuntimeException {
  /** Why the master key could not be used. */
  public enum Reason {
    /** There is no such master key, or not in the version that is needed. */
    NOT_FOUND,
    /** The key exists, but the service may not use it. */
    REFUSED,
    /** The key management service gives no answer, or no sensible one. */
    UNAVAILABLE
  }

  private final Reason reason;

  KmsException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
