package rondo.s3.crypt;

/** A master key could not be used. */
public final class KmsException extends RuntimeException {
  /** Why. */
  public enum Reason {
    /** There is no such key, or not that version of it. */
    NOT_FOUND,
    /** It is there, and may not be used. */
    REFUSED,
    /** Nobody knows: whoever holds it doesn't answer, or not sensibly. */
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
