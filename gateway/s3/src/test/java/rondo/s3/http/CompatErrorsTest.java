package rondo.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** The errors of profile compat, as the s3-tests suite expects them. */
final class CompatErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID_CHECKSUM, BadDigest, 400",
    "INVALID_PART_NUMBER, InvalidPart, 400",
    "INVALID_BUCKET_OWNER_ACCOUNT_ID, AccessDenied, 403",
    "NO_PARTS, MalformedXML, 400",
    "INVALID_COPY_RANGE, InvalidRange, 416",
    "INVALID_REQUEST, InvalidRequest, 400",
    "INVALID_ARGUMENT, InvalidArgument, 400"
  })
  void some_have_another_code(S3Error today, String code, int status) {
    S3Exception compat = CompatErrors.of(new S3Exception(today, "why", Map.of("Key", "k")));
    assertThat(compat.error().code()).isEqualTo(code);
    assertThat(compat.error().status()).isEqualTo(status);
    assertThat(compat.message()).isEqualTo("why");
    assertThat(compat.details()).isEqualTo(Map.of("Key", "k"));
  }

  @Test
  void where_no_delete_marker_is_it_is_said() {
    assertThat(CompatErrors.of(new S3Exception(S3Error.NO_SUCH_KEY)).headers())
        .containsEntry("x-amz-delete-marker", "false");
    var marker =
        new S3Exception(
            S3Error.NO_SUCH_KEY, "why", Map.of(), Map.of("x-amz-delete-marker", "true"));
    assertThat(CompatErrors.of(marker).headers()).containsEntry("x-amz-delete-marker", "true");
  }
}
