package rondo.s3.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class PostPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

  private static void check(String condition, Map<String, String> fields, long bytes) {
    String policy =
        "{\"expiration\": \"2026-12-01T00:00:00Z\", \"conditions\": [" + condition + "]}";
    PostPolicy read =
        PostPolicy.read(
            Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8)));
    read.check(fields, NOW);
    read.checkLength(bytes, bytes);
  }

  private static S3Exception refusal(String condition, Map<String, String> fields, long bytes) {
    return catchThrowableOfType(S3Exception.class, () -> check(condition, fields, bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "text/plain,text/html", "text/plain, text/html"})
  void each_type_of_a_list_begins_as_it_must(String types) {
    String condition = "[\"starts-with\", \"$Content-Type\", \"text/\"]";
    assertThatCode(() -> check(condition, Map.of("content-type", types), 1))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/plain,", "text/plain,image/jpeg", ",text/plain", "image/a, text/b"})
  void a_type_of_a_list_that_begins_otherwise_is_refused(String types) {
    String condition = "[\"starts-with\", \"$Content-Type\", \"text/\"]";
    assertThat(refusal(condition, Map.of("content-type", types), 1).error())
        .isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(refusal(condition, Map.of(), 1).error()).isEqualTo(S3Error.ACCESS_DENIED);
  }

  @Test
  void other_fields_are_no_lists() {
    String condition = "[\"starts-with\", \"$key\", \"a\"]";
    assertThatCode(() -> check(condition, Map.of("key", "a,b"), 1)).doesNotThrowAnyException();
  }

  @Test
  void a_condition_without_a_dollar_sign_holds_for_no_form() {
    String condition = "[\"eq\", \"a\", \"b\"]";
    assertThat(refusal(condition, Map.of("a", "b"), 1).error()).isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(refusal(condition, Map.of("", "b"), 1).error()).isEqualTo(S3Error.ACCESS_DENIED);
  }

  @Test
  void lengths_beyond_the_bounds_tell_them() {
    String condition = "[\"content-length-range\", 5, \"10\"]";
    assertThat(refusal(condition, Map.of(), 12).details())
        .isEqualTo(Map.of("ProposedSize", "12", "MaxSizeAllowed", "10"));
    assertThat(refusal(condition, Map.of(), 1).details())
        .isEqualTo(Map.of("ProposedSize", "1", "MinSizeAllowed", "5"));
    String long0 = "[\"content-length-range\", 0, 99999999999999999999999999]";
    assertThatCode(() -> check(long0, Map.of(), 1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"test\", 10", "1, \"\"", "\"0x1\", 10"})
  void bounds_that_are_no_numbers_let_no_file_through(String bounds) {
    assertThat(refusal("[\"content-length-range\", " + bounds + "]", Map.of(), 1).error())
        .isEqualTo(S3Error.ACCESS_DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1, 10", "1", "1.5, 2", "null, 1"})
  void bounds_that_cannot_be_are_no_policy(String bounds) {
    assertThat(refusal("[\"content-length-range\", " + bounds + "]", Map.of(), 1).error())
        .isEqualTo(S3Error.INVALID_POLICY_DOCUMENT);
  }

  @Test
  void a_length_that_is_not_known_yet_is_refused_where_it_must_be_wrong() {
    String policy =
        "{\"expiration\": \"2026-12-01T00:00:00Z\", \"conditions\":"
            + " [[\"content-length-range\", 5, 10]]}";
    PostPolicy read =
        PostPolicy.read(
            Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8)));
    assertThatCode(() -> read.checkLength(0, 20)).doesNotThrowAnyException();
    assertThat(catchThrowableOfType(S3Exception.class, () -> read.checkLength(11, 20)).error())
        .isEqualTo(S3Error.ENTITY_TOO_LARGE);
    assertThat(catchThrowableOfType(S3Exception.class, () -> read.checkLength(0, 4)).error())
        .isEqualTo(S3Error.ENTITY_TOO_SMALL);
  }
}
