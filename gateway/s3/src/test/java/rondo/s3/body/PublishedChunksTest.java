package rondo.s3.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SignedRequest;
import rondo.s3.auth.SigningContext;

/** Verifies the example of an upload in chunks in the Amazon S3 API reference. */
final class PublishedChunksTest {
  @Test
  void the_published_chunks_verify() {
    var request =
        new SignedRequest(
            "PUT", "/", "", List.of(Map.entry("x-amz-decoded-content-length", "66560")));
    var claims = BodyClaims.ofData(request, new PayloadMode.SignedChunks(false), null);
    var body = new IncomingBody(claims, signing());
    String wire =
        "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
            + "a".repeat(65_536)
            + "\r\n400;chunk-signature="
            + "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
            + "a".repeat(1_024)
            + "\r\n0;chunk-signature="
            + "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";
    body.accept(ByteBuffer.wrap(wire.getBytes(StandardCharsets.US_ASCII)), slice -> {});
    assertThat(body.finish().sizeBytes()).isEqualTo(66_560);
  }

  private static SigningContext signing() {
    byte[] key = "AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".getBytes(StandardCharsets.US_ASCII);
    for (String step : List.of("20130524", "us-east-1", "s3", "aws4_request")) {
      key = Hashes.hmacSha256(key, step.getBytes(StandardCharsets.US_ASCII));
    }
    return new SigningContext(
        Bytes.wrap(key),
        "20130524T000000Z",
        "20130524/us-east-1/s3/aws4_request",
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  }
}
