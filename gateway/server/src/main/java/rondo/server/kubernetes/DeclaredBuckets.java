package rondo.server.kubernetes;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.ByteSizes;
import rondo.server.config.StartException;
import rondo.server.kubernetes.DeclaredState.DeclaredBucket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes buckets as they are declared; removes none. */
record DeclaredBuckets(BucketCalls s3, AdminClient admin) {
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;

  /** The region in which S3 wants no word of it. */
  private static final String UNNAMED = "us-east-1";

  /**
   * Makes the bucket if it isn't there, and sets what is declared of it.
   *
   * @return what was done, in words
   * @throws StartException when S3 or the node refuses that
   */
  String apply(DeclaredBucket bucket) throws InterruptedException {
    var done = new ArrayList<String>();
    done.add(ensure(bucket.name()));
    if (bucket.versioning() != null) {
      put(
          bucket.name(),
          "versioning",
          "<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>"
              .formatted(bucket.versioning()));
      done.add("versioning");
    }
    if (bucket.quota() != null) {
      String bytes = bucket.quota().bytes();
      var bounds =
          Map.of(
              "mostBytes", ByteSizes.parse(bytes == null || bytes.isEmpty() ? "0" : bytes),
              "mostObjects", bucket.quota().objects());
      admin.read(
          "PUT",
          "/v1/buckets/" + bucket.name() + "/quota",
          JsonMapper.shared().writeValueAsString(bounds));
      done.add("quota");
    }
    if (bucket.lifecycle() != null) {
      JsonNode rules = bucket.lifecycle();
      set(
          bucket.name(),
          "lifecycle",
          rules.path("Rules").isEmpty() ? "" : XmlForm.of("LifecycleConfiguration", rules));
      done.add("lifecycle");
    }
    if (bucket.policy() != null) {
      JsonNode policy = bucket.policy();
      set(bucket.name(), "policy", policy.isEmpty() ? "" : policy.toString());
      done.add("policy");
    }
    return "bucket %s: %s".formatted(bucket.name(), String.join(", ", done));
  }

  /** Lets users use the bucket; they are there by now. */
  String grant(DeclaredBucket bucket) {
    var done = new ArrayList<String>();
    new TreeMap<>(bucket.grants())
        .forEach((user, level) -> {
          String body =
              JsonMapper.shared().writeValueAsString(Map.of("user", user, "level", level));
          admin.read("PUT", "/v1/buckets/" + bucket.name() + "/grants", body);
          done.add(user + " " + level);
        });
    return "grants on %s: %s".formatted(bucket.name(), String.join(", ", done));
  }

  private String ensure(String name) throws InterruptedException {
    int status = s3.status(name);
    if (status == FORBIDDEN) {
      throw new StartException(
          "the bucket %s is another account's: declare one of another name, or have its owner"
                  .formatted(name)
              + " give it up");
    }
    if (status == OK) {
      return "there";
    }
    put(
        name,
        "",
        s3.region().equals(UNNAMED)
            ? ""
            : "<CreateBucketConfiguration><LocationConstraint>%s</LocationConstraint></CreateBucketConfiguration>"
                .formatted(s3.region()));
    return "made";
  }

  /** Puts a configuration, or removes it where there is none. */
  private void set(String name, String query, String document) throws InterruptedException {
    if (document.isEmpty()) {
      s3.must("DELETE", name, query, "");
    } else {
      put(name, query, document);
    }
  }

  private void put(String name, String query, String document) throws InterruptedException {
    s3.must("PUT", name, query, document);
  }
}
