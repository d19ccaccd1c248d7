package rondo.s3.policy;

/** A document that is no policy. The message gives the reason, in S3's words where it has some. */
public final class PolicyException extends RuntimeException {
  public PolicyException(String message) {
    super(message, null, false, false);
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
