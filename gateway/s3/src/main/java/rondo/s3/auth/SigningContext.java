package rondo.s3.auth;

import rondo.ring.value.Bytes;

/**
 * The base from which the signatures of a body's chunks are computed.
 *
 * @param key the signing key of the request's day, region and service
 * @param timestamp the request's time, as it was signed
 * @param scope {@code day/region/service/aws4_request}
 * @param seedSignature the request's own signature, which the first chunk's signature covers
 */
public record SigningContext(Bytes key, String timestamp, String scope, String seedSignature) {
  /** Leaves the key out: it must not end in a log. */
  @Override
  public String toString() {
    return "SigningContext[" + scope + "]";
  }
}
