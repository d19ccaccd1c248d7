package rondo.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies the examples in the Amazon S3 API reference, "Authenticating Requests". */
final class PublishedExamplesTest {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String SCOPE = KEY + "/20130524/us-east-1/s3/aws4_request";
  private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");

  private final Authenticator authenticator =
      new Authenticator(
          new AuthSettings("us-east-1", false),
          key ->
              key.equals(KEY)
                  ? new Identity("a", "a", "", KEY, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
                  : null);

  @Test
  void get_object() {
    assertThat(
            verify(
                "GET",
                "/test.txt",
                "",
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                Map.of("Range", "bytes=0-9"),
                Hashes.EMPTY_SHA256))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void put_object() {
    assertThat(
            verify(
                "PUT",
                "/test%24file.text",
                "",
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                Map.of(
                    "Date",
                    "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class",
                    "REDUCED_REDUNDANCY"),
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void get_bucket_lifecycle() {
    assertThat(
            verify(
                "GET",
                "/",
                "lifecycle",
                "host;x-amz-content-sha256;x-amz-date",
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
                Map.of(),
                Hashes.EMPTY_SHA256))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void list_objects() {
    assertThat(
            verify(
                "GET",
                "/",
                "max-keys=2&prefix=J",
                "host;x-amz-content-sha256;x-amz-date",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
                Map.of(),
                Hashes.EMPTY_SHA256))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void presigned_url() {
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + SCOPE.replace("/", "%2F")
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature="
            + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    var request =
        new SignedRequest(
            "GET",
            "/test.txt",
            query,
            List.of(Map.entry("host", "examplebucket.s3.amazonaws.com")));
    assertThat(authenticator.verify(request, NOW)).isInstanceOf(SenderVerdict.Verified.class);
    assertThat(authenticator.verify(request, NOW.plusSeconds(86_400)))
        .isInstanceOf(SenderVerdict.Verified.class);
    assertThat(authenticator.verify(request, NOW.plusSeconds(86_401)))
        .isInstanceOfSatisfying(
            SenderVerdict.Rejected.class,
            rejected -> assertThat(rejected.message()).isEqualTo("Request has expired"));
  }

  @Test
  void chunked_upload() {
    SenderVerdict verdict =
        verify(
            "PUT",
            "/examplebucket/chunkObject.txt",
            "",
            "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                + "x-amz-decoded-content-length;x-amz-storage-class",
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            Map.of(
                "Host",
                "s3.amazonaws.com",
                "Content-Encoding",
                "aws-chunked",
                "Content-Length",
                "66824",
                "x-amz-decoded-content-length",
                "66560",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY"),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            SenderVerdict.Verified.class,
            verified ->
                assertThat(verified.payload()).isEqualTo(new PayloadMode.SignedChunks(false)));
  }

  private SenderVerdict verify(
      String method,
      String path,
      String query,
      String signedHeaders,
      String signature,
      Map<String, String> more,
      String payload) {
    var headers = new ArrayList<Map.Entry<String, String>>(more.entrySet());
    if (!more.containsKey("Host")) {
      headers.add(Map.entry("Host", "examplebucket.s3.amazonaws.com"));
    }
    headers.add(Map.entry("x-amz-date", "20130524T000000Z"));
    headers.add(Map.entry("x-amz-content-sha256", payload));
    headers.add(
        Map.entry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
                .formatted(SCOPE, signedHeaders, signature)));
    return authenticator.verify(new SignedRequest(method, path, query, headers), NOW);
  }
}
