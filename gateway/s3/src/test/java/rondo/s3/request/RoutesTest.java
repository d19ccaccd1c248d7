package rondo.s3.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.Operation.BucketOperation;

final class RoutesTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /, , LIST_BUCKETS",
    "GET, /b, , LIST_OBJECTS",
    "GET, /b/, , LIST_OBJECTS",
    "GET, /b, list-type=2, LIST_OBJECTS_V2",
    "GET, /b, location, GET_BUCKET_LOCATION",
    "GET, /b, location=, GET_BUCKET_LOCATION",
    "GET, /b, versions, LIST_OBJECT_VERSIONS",
    "GET, /b, uploads, LIST_MULTIPART_UPLOADS",
    "GET, /b, acl, GET_BUCKET_ACL",
    "GET, /b, policy, GET_BUCKET_POLICY",
    "GET, /b, lifecycle, GET_BUCKET_LIFECYCLE_CONFIGURATION",
    "DELETE, /b, policy, DELETE_BUCKET_POLICY",
    "DELETE, /b, lifecycle, DELETE_BUCKET_LIFECYCLE",
    "DELETE, /b, , DELETE_BUCKET",
    "PUT, /b, acl, PUT_BUCKET_ACL",
    "PUT, /b, versioning, PUT_BUCKET_VERSIONING",
    "PUT, /b, object-lock, PUT_OBJECT_LOCK_CONFIGURATION",
    "PUT, /b, , CREATE_BUCKET",
    "HEAD, /b, , HEAD_BUCKET",
    "POST, /b, delete, DELETE_OBJECTS",
    "POST, /b, , POST_OBJECT",
    "PUT, /b/k, , PUT_OBJECT",
    "PUT, /b/k, unknown=1, PUT_OBJECT",
    "PUT, /b/k, uploadId=u&partNumber=1, UPLOAD_PART",
    "PUT, /b/k, acl, PUT_OBJECT_ACL",
    "PUT, /b/k, retention, PUT_OBJECT_RETENTION",
    "PUT, /b/k, legal-hold, PUT_OBJECT_LEGAL_HOLD",
    "PUT, /b/k, tagging, PUT_OBJECT_TAGGING",
    "GET, /b/k, , GET_OBJECT",
    "GET, /b/k, attributes, GET_OBJECT_ATTRIBUTES",
    "GET, /b/k, torrent, NOT_IMPLEMENTED",
    "GET, /b/k, uploadId=u, LIST_PARTS",
    "HEAD, /b/k, , HEAD_OBJECT",
    "DELETE, /b/k, , DELETE_OBJECT",
    "DELETE, /b/k, uploadId=u, ABORT_MULTIPART_UPLOAD",
    "DELETE, /b/k, acl, NOT_IMPLEMENTED",
    "POST, /b/k, uploads, CREATE_MULTIPART_UPLOAD",
    "POST, /b/k, uploadId=u, COMPLETE_MULTIPART_UPLOAD",
    "POST, /b/k, select&select-type=2, NOT_IMPLEMENTED",
    "POST, /b/k, restore, RESTORE_OBJECT",
    "PUT, /b/k, renameObject, RENAME_OBJECT",
    "PUT, /b, website, PUT_BUCKET_WEBSITE",
    "DELETE, /, , UNKNOWN",
    "PATCH, /b, , UNKNOWN"
  })
  void one_table_tells_operations_apart(
      String method, String path, String query, String operation) {
    assertThat(
            Routes.of(
                    method,
                    ResourceAddress.of(path, "localhost", List.of()),
                    new QueryParameters(query == null ? "" : query),
                    header -> false)
                .name())
        .isEqualTo(operation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uploads", "location", "delete", "attributes", "partNumber=1&uploads"})
  void a_sub_resource_under_the_wrong_method_never_removes_anything(String query) {
    assertThat(
            Routes.of(
                "DELETE",
                ResourceAddress.of("/b", "h", List.of()),
                new QueryParameters(query),
                header -> false))
        .isNotEqualTo(BucketOperation.DELETE_BUCKET);
  }

  @Test
  void a_bucket_is_in_the_path_or_in_the_host() {
    assertThat(ResourceAddress.of("/b/k/l", "h:80", List.of("s3.test")))
        .isEqualTo(new ResourceAddress("b", "k/l"));
    assertThat(ResourceAddress.of("/k/l", "b.s3.test:80", List.of("s3.test")))
        .isEqualTo(new ResourceAddress("b", "k/l"));
    assertThat(ResourceAddress.of("/", "my.b.S3.TEST", List.of("s3.test")))
        .isEqualTo(new ResourceAddress("my.b", null));
    assertThat(ResourceAddress.of("/b/", "s3.test", List.of("s3.test")))
        .isEqualTo(new ResourceAddress("b", null));
  }

  @ParameterizedTest
  @CsvSource({
    "/b/a%2Fb, a/b",
    "/b//a, /a",
    "/b/a//b/, a//b/",
    "/b/./a/../b, ./a/../b",
    "/b/a+b, a+b",
    "/b/a%20b, 'a b'",
    "/b/%25, %",
    "/b/%e2%82%ac, €"
  })
  void a_key_is_the_rest_of_the_path_without_normalization(String path, String key) {
    assertThat(ResourceAddress.of(path, "h", List.of()).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b/%ff", "/b/%c3", "/b/%ed%a0%80", "/%ff/k"})
  void a_path_that_is_not_utf_8_is_refused(String path) {
    assertThatThrownBy(() -> ResourceAddress.of(path, "h", List.of()))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_URI));
  }

  @Test
  void a_key_has_at_most_1024_bytes() {
    assertThat(ResourceAddress.of("/b/" + "k".repeat(1024), "h", List.of()).key()).hasSize(1024);
    assertThatThrownBy(() -> ResourceAddress.of("/b/" + "%c3%a9".repeat(513), "h", List.of()))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.KEY_TOO_LONG));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "A-b",
        "a_b",
        "-ab",
        "ab-",
        "a..b",
        "192.168.5.4",
        "xn--abc",
        "abc-s3alias",
        "a b"
      })
  void bucket_names_have_rules(String name) {
    assertThat(BucketName.isValid(name)).isFalse();
    assertThat(BucketName.isValid("a.valid-name-0")).isTrue();
    assertThat(BucketName.isValid("a".repeat(63))).isTrue();
    assertThat(BucketName.isValid("a".repeat(64))).isFalse();
  }
}
