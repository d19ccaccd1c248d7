package rondo.s3.body;

import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The line before each chunk: its size in hex, then extensions after semicolons, of which only
 * {@code chunk-signature} has a meaning.
 */
record AwsChunkHeader(long sizeBytes, @Nullable String signature) {
  private static final String SIGNATURE = "chunk-signature=";

  static AwsChunkHeader parse(String line) {
    String[] fields = line.split(";", -1);
    String digits = fields[0].strip();
    // Fifteen hex digits always fit a long.
    if (digits.isEmpty()
        || digits.length() > 15
        || !digits.chars().allMatch(AwsChunkHeader::isHex)) {
      throw malformed();
    }
    String signature = null;
    for (int at = 1; at < fields.length; at++) {
      String extension = fields[at].strip();
      if (extension.startsWith(SIGNATURE)) {
        signature = extension.substring(SIGNATURE.length());
      }
    }
    return new AwsChunkHeader(Long.parseLong(digits, 16), signature);
  }

  private static boolean isHex(int c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }

  static S3Exception malformed() {
    return new S3Exception(
        S3Error.INVALID_REQUEST, "The aws-chunked framing of the body is malformed.");
  }
}
