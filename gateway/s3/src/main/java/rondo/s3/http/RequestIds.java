package rondo.s3.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes request ids of 16 random hex digits, which look like S3's. Thread-safe. */
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  String next() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
