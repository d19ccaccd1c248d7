package rondo.s3.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.fuzz.Fuzz;
import rondo.s3.copy.CopySource;
import rondo.s3.error.S3Exception;
import rondo.store.row.RefusalException;

@Tag("long")
final class HeadersFuzzTest {
  @Test
  void sources_of_copies_are_read_or_refused() {
    Fuzz.run(
        input -> CopySource.of(new String(input, ISO_8859_1)),
        RefusalException.class,
        "/bucket/a%20b?versionId=null",
        "bucket%2Fmy+file%2B1",
        "bucket/k");
  }

  @Test
  void ranges_tags_and_lists_of_etags_are_read_or_refused() {
    Fuzz.run(
        input -> {
          String header = new String(input, ISO_8859_1);
          ByteRange.of(header, 1_000);
          TagReader.ofHeader(header);
          ReadConditions.matches(header, "0123456789abcdef0123456789abcdef");
        },
        S3Exception.class,
        "bytes=0-99",
        "bytes=10-9223372036854775808",
        "bytes=-5",
        "a=b&c=d%20e",
        "\"0123456789abcdef0123456789abcdef\", W/\"x\", *");
  }
}
