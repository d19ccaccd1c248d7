package rondo.compat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Object lock as the AWS SDK for Java asks for it, in the strict profile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("process")
final class LockTest {
  private static final String BUCKET = "locked";

  private NodeProcess node;
  private S3Client s3;

  @BeforeAll
  void start(@TempDir Path folder) {
    node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(),
                "--data=" + folder.resolve("data"),
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + node.s3Port()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(node.root().accessKey(), node.root().secret())))
            .forcePathStyle(true)
            .build();
    s3.createBucket(request -> request.bucket(BUCKET).objectLockEnabledForBucket(true));
  }

  @AfterAll
  void stop() {
    s3.close();
    node.close();
  }

  @Test
  void a_retained_version_stays_and_another_may_come_before_it() {
    String version = put("stays", ObjectLockMode.COMPLIANCE);
    refused(403, "AccessDenied", () -> delete("stays", version, false));
    String marker = s3.deleteObject(request -> request.bucket(BUCKET).key("stays")).versionId();
    assertThat(marker).isNotEqualTo(version);
    s3.putObject(r -> r.bucket(BUCKET).key("stays"), RequestBody.fromString("later"));
    assertThat(read("stays", version)).isEqualTo("locked");
    delete("stays", marker, false);
    var head = s3.headObject(request -> request.bucket(BUCKET).key("stays").versionId(version));
    assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
    assertThat(head.objectLockRetainUntilDate()).isAfter(Instant.now());
  }

  @Test
  void governance_can_be_passed_over_by_who_asks_for_it() {
    String version = put("governed", ObjectLockMode.GOVERNANCE);
    refused(403, "AccessDenied", () -> delete("governed", version, false));
    refused(
        403,
        "AccessDenied",
        () -> retain("governed", version, ObjectLockRetentionMode.GOVERNANCE, 1, false));
    retain("governed", version, ObjectLockRetentionMode.GOVERNANCE, 1, true);
    retain("governed", version, ObjectLockRetentionMode.GOVERNANCE, 5, false);
    delete("governed", version, true);
    assertThatThrownBy(() -> read("governed", version)).isInstanceOf(S3Exception.class);
  }

  @Test
  void compliance_is_only_ever_made_longer() {
    String version = put("complies", ObjectLockMode.COMPLIANCE);
    var compliance = ObjectLockRetentionMode.COMPLIANCE;
    refused(403, "AccessDenied", () -> retain("complies", version, compliance, 1, false));
    refused(403, "AccessDenied", () -> retain("complies", version, compliance, 1, true));
    refused(
        403,
        "AccessDenied",
        () -> retain("complies", version, ObjectLockRetentionMode.GOVERNANCE, 9, true));
    refused(403, "AccessDenied", () -> delete("complies", version, true));
    refused(
        403,
        "AccessDenied",
        () ->
            s3.putObjectRetention(request ->
                request
                    .bucket(BUCKET)
                    .key("complies")
                    .versionId(version)
                    .bypassGovernanceRetention(true)
                    .retention(none -> {})));
    retain("complies", version, compliance, 9, false);
    refused(403, "AccessDenied", () -> retain("complies", version, compliance, 8, true));
    var retention =
        s3.getObjectRetention(r -> r.bucket(BUCKET).key("complies").versionId(version)).retention();
    assertThat(retention.mode()).isEqualTo(compliance);
    assertThat(retention.retainUntilDate()).isAfter(days(8));
  }

  @Test
  void a_legal_hold_outlasts_every_bypass() {
    String version =
        s3.putObject(
                request ->
                    request
                        .bucket(BUCKET)
                        .key("held")
                        .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                RequestBody.fromString("locked"))
            .versionId();
    refused(403, "AccessDenied", () -> delete("held", version, true));
    s3.putObjectLegalHold(request ->
        request
            .bucket(BUCKET)
            .key("held")
            .versionId(version)
            .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.OFF)));
    delete("held", version, false);
  }

  @Test
  void a_deletion_of_many_spares_what_is_locked() {
    String version = put("many", ObjectLockMode.COMPLIANCE);
    DeleteObjectsResponse answer =
        s3.deleteObjects(request ->
            request
                .bucket(BUCKET)
                .bypassGovernanceRetention(true)
                .delete(
                    Delete.builder()
                        .objects(
                            ObjectIdentifier.builder().key("many").versionId(version).build(),
                            ObjectIdentifier.builder().key("none").build())
                        .build()));
    assertThat(answer.errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.key()).isEqualTo("many");
          assertThat(error.code()).isEqualTo("AccessDenied");
        });
    assertThat(read("many", version)).isEqualTo("locked");
  }

  @Test
  void a_bucket_of_locked_versions_is_neither_unlocked_nor_deleted() {
    put("keeps", ObjectLockMode.COMPLIANCE);
    refused(409, "BucketNotEmpty", () -> s3.deleteBucket(request -> request.bucket(BUCKET)));
    refused(
        409,
        "InvalidBucketState",
        () ->
            s3.putBucketVersioning(request ->
                request.bucket(BUCKET).versioningConfiguration(v -> v.status("Suspended"))));
  }

  @Test
  void the_buckets_default_locks_what_says_nothing() {
    s3.createBucket(request -> request.bucket("default").objectLockEnabledForBucket(true));
    s3.putObjectLockConfiguration(request ->
        request
            .bucket("default")
            .objectLockConfiguration(lock ->
                lock.objectLockEnabled("Enabled")
                    .rule(rule ->
                        rule.defaultRetention(
                            d -> d.mode(ObjectLockRetentionMode.COMPLIANCE).days(3)))));
    String version =
        s3.putObject(r -> r.bucket("default").key("k"), RequestBody.fromString("locked"))
            .versionId();
    var head = s3.headObject(request -> request.bucket("default").key("k"));
    assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
    assertThat(head.objectLockRetainUntilDate()).isBetween(days(2), days(4));
    refused(
        403,
        "AccessDenied",
        () -> s3.deleteObject(request -> request.bucket("default").key("k").versionId(version)));
  }

  @Test
  void what_makes_no_sense_locks_nothing() {
    refused(
        400,
        "InvalidArgument",
        () ->
            s3.putObject(
                request ->
                    request
                        .bucket(BUCKET)
                        .key("past")
                        .objectLockMode(ObjectLockMode.COMPLIANCE)
                        .objectLockRetainUntilDate(days(-1)),
                RequestBody.fromString("locked")));
    refused(
        400,
        "InvalidArgument",
        () ->
            s3.putObject(
                request ->
                    request.bucket(BUCKET).key("past").objectLockMode(ObjectLockMode.COMPLIANCE),
                RequestBody.fromString("locked")));
    s3.createBucket(request -> request.bucket("plain"));
    refused(
        400,
        "InvalidRequest",
        () ->
            s3.putObject(
                request ->
                    request
                        .bucket("plain")
                        .key("k")
                        .objectLockMode(ObjectLockMode.COMPLIANCE)
                        .objectLockRetainUntilDate(days(1)),
                RequestBody.fromString("locked")));
    assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("past")).contents())
        .isEmpty();
    assertThat(s3.listObjectsV2(request -> request.bucket("plain")).contents()).isEmpty();
  }

  private String put(String key, ObjectLockMode mode) {
    return s3.putObject(
            request ->
                request
                    .bucket(BUCKET)
                    .key(key)
                    .objectLockMode(mode)
                    .objectLockRetainUntilDate(days(3)),
            RequestBody.fromString("locked"))
        .versionId();
  }

  private void retain(
      String key, String version, ObjectLockRetentionMode mode, int days, boolean bypass) {
    s3.putObjectRetention(request -> {
      request.bucket(BUCKET).key(key).versionId(version);
      request.retention(retention -> retention.mode(mode).retainUntilDate(days(days)));
      if (bypass) {
        request.bypassGovernanceRetention(true);
      }
    });
  }

  private void delete(String key, String version, boolean bypass) {
    s3.deleteObject(request -> {
      request.bucket(BUCKET).key(key).versionId(version);
      if (bypass) {
        request.bypassGovernanceRetention(true);
      }
    });
  }

  private String read(String key, String version) {
    return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key).versionId(version))
        .asString(StandardCharsets.UTF_8);
  }

  private static Instant days(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  private static void refused(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.statusCode()).isEqualTo(status);
            });
  }
}
