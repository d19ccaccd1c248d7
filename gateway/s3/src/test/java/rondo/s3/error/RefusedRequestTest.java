package rondo.s3.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.store.row.StoreException;

final class RefusedRequestTest {
  private static final RefusedRequest OBJECT = new RefusedRequest("PUT", "b", "k", "u");
  private static final RefusedRequest BUCKET = new RefusedRequest("GET", "b", null, null);

  /** As AWS's recorded answers have them. */
  @ParameterizedTest
  @CsvSource({
    "NO_SUCH_BUCKET, {BucketName=b}",
    "NO_SUCH_TAG_SET, {BucketName=b}",
    "NO_SUCH_CORS_CONFIGURATION, {BucketName=b}",
    "NO_SUCH_LIFECYCLE_CONFIGURATION, {BucketName=b}",
    "NO_SUCH_WEBSITE_CONFIGURATION, {BucketName=b}",
    "NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION, {BucketName=b}",
    "OBJECT_LOCK_CONFIGURATION_NOT_FOUND_ERROR, {BucketName=b}",
    "OWNERSHIP_CONTROLS_NOT_FOUND_ERROR, {BucketName=b}",
    "BUCKET_NOT_EMPTY, {BucketName=b}",
    "NO_SUCH_KEY, {Key=k}",
    "NO_SUCH_UPLOAD, {UploadId=u}",
    "INVALID_PART_ORDER, {UploadId=u}",
    "METHOD_NOT_ALLOWED, '{Method=PUT, ResourceType=OBJECT}'",
    "ACCESS_DENIED, {}",
    "MALFORMED_XML, {}",
    "NO_SUCH_CONFIGURATION, {}"
  })
  void the_error_says_what_of_the_request_is_told(S3Error error, String told) {
    assertThat(OBJECT.details(new S3Exception(error))).hasToString(told);
  }

  @Test
  void what_a_refusal_says_itself_is_stronger() {
    var marker = S3Exception.of(new StoreException(StoreException.Reason.DELETE_MARKER, ""));
    assertThat(OBJECT.details(marker)).hasToString("{Method=PUT, ResourceType=DeleteMarker}");
    var other = S3Exception.of(new StoreException(StoreException.Reason.NO_SUCH_BUCKET, "source"));
    assertThat(OBJECT.details(other)).hasToString("{BucketName=source}");
  }

  @Test
  void what_a_request_does_not_name_is_not_told() {
    assertThat(BUCKET.details(new S3Exception(S3Error.NO_SUCH_KEY))).isEmpty();
    assertThat(BUCKET.details(new S3Exception(S3Error.METHOD_NOT_ALLOWED)))
        .isEqualTo(Map.of("Method", "GET", "ResourceType", "BUCKET"));
    assertThat(RefusedRequest.unread("PUT").details(new S3Exception(S3Error.METHOD_NOT_ALLOWED)))
        .isEqualTo(Map.of("Method", "PUT", "ResourceType", "SERVICE"));
  }

  @ParameterizedTest
  @EnumSource(S3Error.class)
  void no_error_names_a_resource(S3Error error) {
    assertThat(OBJECT.details(new S3Exception(error))).doesNotContainKey("Resource");
  }
}
