package rondo.s3.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** The result of verifying a request's signature. */
public sealed interface SenderVerdict {
  /**
   * The signature is valid.
   *
   * @param payload how the body is signed and framed
   * @param signing the context of its chunks' signatures; null for signature version 2
   */
  record Verified(Identity identity, PayloadMode payload, @Nullable SigningContext signing)
      implements SenderVerdict {}

  /** The request carries no signature. */
  record Anonymous(PayloadMode payload) implements SenderVerdict {}

  /**
   * The request's sender can't be authenticated; the request ends with this error.
   *
   * @param details further elements of the error document, in the map's order
   */
  record Rejected(S3Error error, String message, Map<String, String> details)
      implements SenderVerdict {
    public S3Exception toException() {
      return new S3Exception(error, message, details);
    }
  }
}
