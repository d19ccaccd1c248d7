package rondo.s3.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names requests: 16 hex digits, as S3's look. Thread-safe. */
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  String next() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
