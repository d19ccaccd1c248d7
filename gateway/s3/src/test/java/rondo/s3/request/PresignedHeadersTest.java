package rondo.s3.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.fuzz.Fuzz;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class PresignedHeadersTest {
  private static SignedRequest lifted(
      String method, String query, List<Map.Entry<String, String>> headers) {
    var wire = new SignedRequest(method, "/b/k", query, headers);
    return PresignedHeaders.of(wire, new QueryParameters(query));
  }

  private static SignedRequest put(String query) {
    return lifted("PUT", query, List.of(Map.entry("host", "h")));
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-meta-foo=a%20b, x-amz-meta-foo, a b",
    "X-Amz-Meta-Foo=a, x-amz-meta-foo, a",
    "x-amz-meta-foo=a&x-amz-meta-foo=b, x-amz-meta-foo, 'a,b'",
    "x-amz-copy-source=b%2Fk, x-amz-copy-source, b/k",
    "x-amz-tagging=a%3Db%26c%3Dd, x-amz-tagging, a=b&c=d",
    "If-None-Match=*, if-none-match, *",
    "content-type=a%2Fb, content-type, a/b",
    "x-amz-acl=, x-amz-acl, ''",
    "x-amz-meta-foo=%C3%A9, x-amz-meta-foo, '\u00c3\u00a9'"
  })
  void a_parameter_stands_for_its_header(String query, String header, String value) {
    assertThat(put(query).header(header)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Date=1",
        "x-amz-signature=1",
        "x-amz-content-sha256=1",
        "x-amz-security-token=1",
        "x-amz-checksum-crc32=AAAAAA%3D%3D",
        "x-amz-sdk-checksum-algorithm=CRC32",
        "host=other",
        "content-length=5",
        "authorization=x",
        "x-id=PutObject",
        "transfer-encoding=chunked"
      })
  void other_parameters_stand_for_none(String query) {
    assertThat(put(query).headers()).containsExactly(Map.entry("host", "h"));
  }

  @Test
  void the_checksum_of_a_completed_upload_is_the_objects() {
    SignedRequest completed = lifted("POST", "uploadId=u&x-amz-checksum-crc32=a", List.of());
    assertThat(completed.header("x-amz-checksum-crc32")).isEqualTo("a");
  }

  @Test
  void a_header_may_say_the_same_but_nothing_else() {
    List<Map.Entry<String, String>> same =
        List.of(Map.entry("X-Amz-Meta-Foo", "a"), Map.entry("Content-Type", "t"));
    assertThat(lifted("PUT", "x-amz-meta-foo=a&content-type=t", same).headers()).isEqualTo(same);
    assertRefused(() -> lifted("PUT", "x-amz-meta-foo=b", same));
    assertRefused(() -> lifted("PUT", "content-type=", same));
    assertRefused(() -> lifted("PUT", "x-amz-meta-foo=a&x-amz-meta-foo=a", same));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-meta-foo=a%0D%0Ab",
        "x-amz-meta-a%20b=c",
        "x-amz-meta-%0D%0Aa:b=c",
        "x-amz-meta-%C3%A9=c",
        "content-type=%00",
        "x-amz-server-side-encryption-customer-key=a",
        "x-amz-copy-source-server-side-encryption-customer-algorithm=AES256"
      })
  void what_no_header_can_say_and_keys_in_urls_are_refused(String query) {
    assertRefused(() -> put(query));
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            refusal -> assertThat(refusal.error()).isEqualTo(S3Error.INVALID_ARGUMENT));
  }

  @Test
  void queries_are_lifted_or_refused() {
    Fuzz.run(
        input -> put(new String(input, ISO_8859_1)),
        S3Exception.class,
        "x-amz-meta-a=b&X-Amz-Signature=c&uploadId=d&x-amz-checksum-crc32=e",
        "If-Match=%22a%22&content-type=a%2Fb&x-amz-server-side-encryption-customer-key=a");
  }
}
