package rondo.s3.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version 4 signature as a request carries it, not yet verified.
 *
 * @param signedHeaders in lower case, as they were listed
 * @param signature hex
 * @param time when the request was signed
 * @param timestamp the text of that time, as it was signed
 * @param lifetime of a presigned URL; null for a signature in the header
 */
record SignatureClaim(
    CredentialScope credential,
    List<String> signedHeaders,
    String signature,
    Instant time,
    String timestamp,
    @Nullable Duration lifetime) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  boolean isPresigned() {
    return lifetime != null;
  }
}
