package rondo.s3.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature of version 4 as a request carries it.
 *
 * @param signedHeaders in lower case, as they were listed
 * @param signature hex
 * @param time when it was made, in the form that was signed
 * @param lifetime of a presigned URL; null when it was in the header
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
