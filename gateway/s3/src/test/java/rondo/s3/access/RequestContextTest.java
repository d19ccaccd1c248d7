package rondo.s3.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Stamp;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SignedRequest;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PublicPolicy;
import rondo.s3.policy.Requester;
import rondo.s3.request.ClientConnection;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

final class RequestContextTest {
  private static final Identity ANN = new Identity("ann-id", "Ann", "", "KEY", "");
  private static final Bucket BUCKET =
      new Bucket(
          "b",
          BucketRow.newBuilder()
              .setOwner("owner-id")
              .setRegion("here")
              .addTags(tag("t", "u"))
              .build(),
          Stamp.ZERO);
  private static final ObjectRow OBJECT = ObjectRow.newBuilder().addTags(tag("k", "v")).build();

  private static Header tag(String name, String value) {
    return Header.newBuilder().setName(name).setValue(value).build();
  }

  private static S3Request request(
      @Nullable Identity caller, @Nullable String key, String query, String... headers) {
    var all = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new S3Request(
        new SignedRequest("PUT", "/", query, all),
        new ResourceAddress("b", key),
        new QueryParameters(query),
        RequestSender.trusted(caller),
        () -> null,
        new RequestArrival(
            "id",
            Instant.parse("2026-01-02T03:04:05Z"),
            new ClientConnection("192.0.2.1", "TLSv1.3")));
  }

  private static List<String> values(S3Request request, Action action, String key) {
    return new RequestContext(AccessAttempt.of(request, BUCKET, action).on(OBJECT)).values(key);
  }

  @ParameterizedTest
  @CsvSource({
    "aws:CurrentTime,      2026-01-02T03:04:05Z",
    "aws:EpochTime,        1767323045",
    "aws:SecureTransport,  true",
    "aws:SourceIp,         192.0.2.1",
    "AWS:sourceip,         192.0.2.1",
    "aws:UserAgent,        agent",
    "aws:Referer,          http://example.com/",
    "aws:RequestedRegion,  here",
    "aws:PrincipalArn,     arn:aws:iam::ann-id:root",
    "aws:PrincipalAccount, ann-id",
    "aws:PrincipalType,    Account",
    "aws:userid,           ann-id",
    "aws:username,         Ann",
    "aws:ResourceAccount,  owner-id",
    "s3:BucketTag/t,       u",
    "s3:x-amz-acl,         private",
    "s3:x-amz-storage-class, STANDARD_IA",
    "s3:x-amz-grant-read,  id=bob",
    "s3:x-amz-copy-source, from/a b/+",
    "s3:x-amz-server-side-encryption, AES256",
    "s3:x-amz-content-sha256, abc",
    "s3:VersionId,         v1",
    "s3:ExistingObjectTag/k, v",
    "s3:RequestObjectTag/a, b c",
    "s3:object-lock-mode,  GOVERNANCE",
    "s3:object-lock-remaining-retention-days, 2",
    "s3:TlsVersion,        1.3",
    "s3:authType,          REST-HEADER",
    "s3:signatureversion,  AWS4-HMAC-SHA256",
    "s3:if-none-match,     *",
  })
  void a_condition_key_has_the_requests_value(String key, String value) {
    S3Request request =
        request(
            ANN,
            "key",
            "versionId=v1",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=...",
            "User-Agent",
            "agent",
            "Referer",
            "http://example.com/",
            "X-Amz-Acl",
            "private",
            "x-amz-storage-class",
            "STANDARD_IA",
            "x-amz-grant-read",
            "id=bob",
            "x-amz-copy-source",
            "/from/a+b/%2B?versionId=3",
            "x-amz-server-side-encryption",
            "AES256",
            "x-amz-content-sha256",
            "abc",
            "x-amz-tagging",
            "a=b%20c&d=e",
            "x-amz-object-lock-mode",
            "GOVERNANCE",
            "x-amz-object-lock-retain-until-date",
            "2026-01-03T05:00:00Z",
            "If-None-Match",
            "*");
    assertThat(values(request, Action.PUT_OBJECT, key)).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({
    "aws:SourceVpc",
    "aws:Referer",
    "s3:x-amz-acl",
    "s3:prefix",
    "s3:VersionId",
    "s3:ExistingObjectTag/K",
    "s3:RequestObjectTag/a",
    "s3:RequestObjectTagKeys",
    "s3:object-lock-remaining-retention-days",
    "s3:signatureage",
    "aws:username",
    "aws:PrincipalArn",
    "s3:authType",
  })
  void a_condition_key_without_a_value_in_the_request_is_empty(String key) {
    assertThat(values(request(null, "key", "prefix=p"), Action.GET_OBJECT, key)).isEmpty();
  }

  @Test
  void a_listing_has_a_prefix_a_delimiter_and_a_limit() {
    S3Request request = request(ANN, null, "prefix=p/&delimiter=/&max-keys=7");
    assertThat(values(request, Action.LIST_BUCKET, "s3:prefix")).containsExactly("p/");
    assertThat(values(request, Action.LIST_BUCKET, "s3:delimiter")).containsExactly("/");
    assertThat(values(request, Action.LIST_BUCKET, "s3:max-keys")).containsExactly("7");
  }

  @Test
  void a_presigned_request_has_an_age_in_milliseconds() {
    S3Request request = request(ANN, "key", "X-Amz-Signature=s&X-Amz-Date=20260102T030400Z");
    assertThat(values(request, Action.GET_OBJECT, "s3:signatureage")).containsExactly("5000");
    assertThat(values(request, Action.GET_OBJECT, "s3:authType"))
        .containsExactly("REST-QUERY-STRING");
    assertThat(values(request, Action.GET_OBJECT, "s3:x-amz-content-sha256"))
        .containsExactly("UNSIGNED-PAYLOAD");
  }

  @Test
  void a_key_with_a_policy_is_a_user() {
    var limited = new Identity("ann-id", "Ann", "", "KEY", "", new Policy(List.of()));
    S3Request request = request(limited, "key", "");
    assertThat(values(request, Action.GET_OBJECT, "aws:PrincipalType")).containsExactly("User");
    assertThat(values(request, Action.GET_OBJECT, "aws:PrincipalArn"))
        .containsExactly("arn:aws:iam::ann-id:user/Ann");
    assertThat(values(request, Action.GET_OBJECT, "aws:userid")).containsExactly("KEY");
  }

  @Test
  void values_of_the_body_precede_those_of_headers() {
    S3Request request = request(ANN, "key", "", "x-amz-tagging", "a=header");
    AccessAttempt attempt =
        AccessAttempt.of(request, BUCKET, Action.PUT_OBJECT_TAGGING)
            .tagged(List.of(tag("a", "body"), tag("c", "d")))
            .with("s3:object-lock-mode", "COMPLIANCE");
    var context = new RequestContext(attempt);
    assertThat(context.values("s3:RequestObjectTag/a")).containsExactly("body");
    assertThat(context.values("s3:RequestObjectTagKeys")).containsExactly("a", "c");
    assertThat(context.values("s3:Object-Lock-Mode")).containsExactly("COMPLIANCE");
  }

  @Test
  void an_anonymous_caller_has_no_value_by_which_a_policy_could_name_somebody() {
    for (String key : PublicPolicy.NAMING) {
      String header = key.substring(key.indexOf(':') + 1);
      S3Request request = request(null, "k", header + "=v", header, "v", "x-amz-" + header, "v");
      assertThat(
              new RequestContext(AccessAttempt.of(request, BUCKET, Action.PUT_OBJECT)).values(key))
          .as(key)
          .isIn(List.of(), List.of(Requester.Anonymous.USER_ID));
    }
  }
}
