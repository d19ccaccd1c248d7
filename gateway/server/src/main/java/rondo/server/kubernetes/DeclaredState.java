package rondo.server.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.server.config.StartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The buckets and users that the chart's values declare. A field that is missing is left as it is
 * in the cluster.
 */
record DeclaredState(List<DeclaredBucket> buckets, List<DeclaredUser> users) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  DeclaredState(@Nullable List<DeclaredBucket> buckets, @Nullable List<DeclaredUser> users) {
    this.buckets = buckets == null ? List.of() : List.copyOf(buckets);
    this.users = users == null ? List.of() : List.copyOf(users);
  }

  /**
   * A bucket.
   *
   * @param versioning {@code Enabled} or {@code Suspended}
   * @param lifecycle as `aws s3api put-bucket-lifecycle-configuration` takes it; without rules:
   *     none
   * @param policy a document; one without fields: none
   * @param grants what users may do, as `rondo bucket grant` takes it, by their names
   */
  record DeclaredBucket(
      String name,
      @Nullable String versioning,
      @Nullable DeclaredQuota quota,
      @Nullable JsonNode lifecycle,
      @Nullable JsonNode policy,
      Map<String, String> grants) {
    DeclaredBucket(
        String name,
        @Nullable String versioning,
        @Nullable DeclaredQuota quota,
        @Nullable JsonNode lifecycle,
        @Nullable JsonNode policy,
        @Nullable Map<String, String> grants) {
      this.name = name;
      this.versioning = versioning;
      this.quota = quota;
      this.lifecycle = lifecycle;
      this.policy = policy;
      this.grants = grants == null ? Map.of() : Map.copyOf(grants);
      if (policy != null && !this.grants.isEmpty()) {
        throw new IllegalArgumentException(
            "the bucket %s has a policy and grants: a grant is a statement of the policy, so write it there"
                .formatted(name));
      }
    }
  }

  /**
   * What a bucket may hold; 0 or missing is no bound.
   *
   * @param bytes such as 500GB
   */
  record DeclaredQuota(@Nullable String bytes, long objects) {}

  /**
   * A user.
   *
   * @param role in the admin API: {@code operator}, {@code administrator} or empty
   * @param policy a document; one without fields: none
   * @param secrets each with a key of its own
   */
  record DeclaredUser(
      String name,
      @Nullable String email,
      @Nullable String role,
      @Nullable JsonNode policy,
      List<KeySecret> secrets) {
    DeclaredUser(
        String name,
        @Nullable String email,
        @Nullable String role,
        @Nullable JsonNode policy,
        @Nullable List<KeySecret> secrets) {
      this.name = name;
      this.email = email;
      this.role = role;
      this.policy = policy;
      this.secrets = secrets == null ? List.of() : List.copyOf(secrets);
    }
  }

  /**
   * A secret of Kubernetes that is to hold a key.
   *
   * @param namespace empty for the release's
   */
  record KeySecret(String name, @Nullable String namespace) {
    /** Its namespace, or the release's. */
    String namespaceOr(String own) {
      return namespace == null || namespace.isEmpty() ? own : namespace;
    }

    /** The content by which programs of AWS's kind find the cluster, by their variables. */
    static Map<String, String> content(String accessKey, String secretKey, BucketCalls s3) {
      return Map.of(
          "AWS_ACCESS_KEY_ID",
          accessKey,
          "AWS_SECRET_ACCESS_KEY",
          secretKey,
          "AWS_ENDPOINT_URL",
          s3.endpoint().toString(),
          "AWS_REGION",
          s3.region());
    }
  }

  /**
   * Reads a file of JSON.
   *
   * @throws StartException when it can't be read, or has fields that don't exist
   */
  static DeclaredState read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), DeclaredState.class);
    } catch (IOException | JacksonException e) {
      throw new StartException("can't read what is declared in %s: %s".formatted(file, e), e);
    }
  }
}
