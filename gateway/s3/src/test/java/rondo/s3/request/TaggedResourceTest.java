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
import rondo.s3.error.S3Exception;

/** The path of tags of S3 Control. */
final class TaggedResourceTest {
  private static SignedRequest request(String path) {
    return new SignedRequest(
        "GET", path, "", List.of(Map.entry("x-amz-account-id", "111122223333")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v20180820/tags/arn:aws:s3:::the-bucket",
        "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Athe-bucket"
      })
  void a_bucket_is_named_by_its_arn(String path) {
    assertThat(TaggedResource.isNamed(request(path))).isTrue();
    assertThat(TaggedResource.of(request(path))).isEqualTo(new ResourceAddress("the-bucket", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "the-bucket",
        "arn:aws:s3:::",
        "arn:aws:s3:::the-bucket/key",
        "arn:aws:s3:us-east-1:111122223333:accesspoint/a",
        "arn:aws:s3:::%FF"
      })
  void other_resources_are_refused(String arn) {
    assertThatThrownBy(() -> TaggedResource.of(request("/v20180820/tags/" + arn)))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void a_bucket_of_that_name_is_one_as_any_other() {
    var object = new SignedRequest("GET", "/v20180820/tags/arn:aws:s3:::b", "", List.of());
    assertThat(TaggedResource.isNamed(object)).isFalse();
    assertThat(TaggedResource.isNamed(request("/v20180820/other"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, LIST_TAGS_FOR_RESOURCE",
    "POST, TAG_RESOURCE",
    "DELETE, UNTAG_RESOURCE",
    "OPTIONS, OPTIONS_OBJECT",
    "PUT, UNKNOWN"
  })
  void methods_are_operations(String method, String operation) {
    assertThat(TaggedResource.operation(method).name()).isEqualTo(operation);
  }

  @Test
  void any_path_is_read_or_refused() {
    Fuzz.run(
        input -> TaggedResource.of(request("/v20180820/tags/" + new String(input, ISO_8859_1))),
        S3Exception.class,
        "arn:aws:s3:::bucket",
        "arn%3Aaws%3As3%3A%3A%3Abucket");
  }
}
