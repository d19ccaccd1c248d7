package rondo.s3.auth;

/** How a request's body is signed and framed: the value of {@code x-amz-content-sha256}. */
public sealed interface PayloadMode {
  /** The body as it is, covered by no signature. */
  record Unsigned() implements PayloadMode {}

  /**
   * The body as it is, with its SHA-256 in the signed text.
   *
   * @param sha256 64 hex digits in lower case
   */
  record Literal(String sha256) implements PayloadMode {}

  /**
   * aws-chunked with a signature per chunk.
   *
   * @param trailer whether trailers with a signature of their own follow
   */
  record SignedChunks(boolean trailer) implements PayloadMode {}

  /** aws-chunked without signatures, with trailers. */
  record UnsignedChunks() implements PayloadMode {}

  /** Whether the body is in aws-chunked framing. */
  default boolean isChunked() {
    return this instanceof SignedChunks || this instanceof UnsignedChunks;
  }
}
