package rondo.s3.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** What is known of a request's sender. */
public sealed interface SenderVerdict {
  /**
   * The signature is good.
   *
   * @param payload how the body is signed and framed
   * @param signing what its chunks' signatures are derived from; null for signature version 2
   */
  record Verified(Identity identity, PayloadMode payload, @Nullable SigningContext signing)
      implements SenderVerdict {}

  /** There is no signature. */
  record Anonymous(PayloadMode payload) implements SenderVerdict {}

  /**
   * There is one, and it won't do.
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
