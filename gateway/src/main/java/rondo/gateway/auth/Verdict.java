package rondo.gateway.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;

/** What is known of a request's sender. */
public sealed interface Verdict {
  /**
   * The signature is good.
   *
   * @param payload how the body is signed and framed
   * @param signing what its chunks' signatures are derived from; null for signature version 2
   */
  record Verified(Identity identity, PayloadMode payload, @Nullable SigningContext signing)
      implements Verdict {}

  /** There is no signature. */
  record Anonymous(PayloadMode payload) implements Verdict {}

  /**
   * There is one, and it won't do.
   *
   * @param details further elements of the error document, in the map's order
   */
  record Rejected(S3Error error, String message, Map<String, String> details) implements Verdict {
    public S3Exception toException() {
      return new S3Exception(error, message, details);
    }
  }
}
