package rondo.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rondo.metadata.rows.BucketRow;
import rondo.s3.auth.Identity;
import rondo.s3.identity.Identities;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.store.Store;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets users use buckets of others, by statements in the bucket's policy: one for each user, which
 * a later grant replaces. All other statements stay. Thread-safe.
 */
public final class BucketGrants implements ApiFamily {
  private static final String SID = "RondoGrant";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final List<String> READ =
      List.of(
          "s3:GetBucketLocation",
          "s3:GetObject",
          "s3:GetObjectAttributes",
          "s3:GetObjectTagging",
          "s3:GetObjectVersion",
          "s3:ListBucket",
          "s3:ListBucketVersions");

  private static final List<String> WRITE =
      List.of(
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:ListBucketMultipartUploads",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
          "s3:PutObjectTagging");

  private final Store store;
  private final Identities identities;

  public BucketGrants(Store store, Identities identities) {
    this.store = store;
    this.identities = identities;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.put("/v1/buckets/{bucket}/grants", "Lets a user use a bucket, or no longer.")
            .old("/grants/{bucket}")
            .takes(
                JsonSchema.object(
                    JsonSchema.required("user", JsonSchema.text(1, 64)),
                    JsonSchema.required(
                        "level", JsonSchema.oneOf("read", "write", "admin", "none"))))
            .gives(
                JsonSchema.answer("bucket:string", "user:string", "level:string"),
                call -> ApiAnswer.of(grant(call.name("bucket"), call.json()))));
  }

  /**
   * Grants a user read, write (which includes read) or admin, which is everything; or none.
   *
   * @throws IllegalArgumentException for a user or a level that isn't there, or a policy that would
   *     be too long
   * @throws rondo.s3.error.S3Exception NoSuchBucket
   */
  Map<String, Object> grant(String bucket, JsonNode body) {
    String name = body.path("user").asString("");
    String level = body.path("level").asString("");
    Identity user = identities.account(name);
    if (user == null) {
      throw new IllegalArgumentException("there is no user '%s'".formatted(name));
    }
    List<String> actions = actions(level);
    store
        .buckets()
        .change(store.buckets().fresh(bucket), row -> granted(row, bucket, user, actions));
    return Map.of("bucket", bucket, "user", user.displayName(), "level", level);
  }

  private static List<String> actions(String level) {
    return switch (level) {
      case "none" -> List.of();
      case "read" -> READ;
      case "write" -> {
        var both = new ArrayList<>(READ);
        both.addAll(WRITE);
        yield both;
      }
      case "admin" -> List.of("s3:*");
      default ->
          throw new IllegalArgumentException(
              "'%s' is not one of read, write, admin, none".formatted(level));
    };
  }

  private static BucketRow granted(
      BucketRow row, String bucket, Identity user, List<String> actions) {
    ObjectNode policy =
        row.getPolicy().isEmpty()
            ? JSON.createObjectNode().put("Version", "2012-10-17")
            : (ObjectNode) JSON.readTree(row.getPolicy());
    String sid = SID + user.accountId();
    ArrayNode statements = JSON.createArrayNode();
    JsonNode before = policy.path("Statement");
    for (JsonNode statement : before.isObject() ? List.of(before) : before) {
      if (!statement.path("Sid").asString("").equals(sid)) {
        statements.add(statement);
      }
    }
    if (!actions.isEmpty()) {
      ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", "Allow");
      statement.putObject("Principal").put("AWS", user.accountId());
      ArrayNode allowed = statement.putArray("Action");
      actions.forEach(allowed::add);
      String arn = "arn:aws:s3:::" + bucket;
      statement.putArray("Resource").add(arn).add(arn + "/*");
    }
    if (statements.isEmpty()) {
      return row.toBuilder().clearPolicy().build();
    }
    policy.set("Statement", statements);
    String document = JSON.writeValueAsString(policy);
    check(document);
    return row.toBuilder().setPolicy(document).build();
  }

  private static void check(String document) {
    try {
      PolicyReader.ofResource(id -> true).read(document);
    } catch (PolicyException e) {
      throw new IllegalArgumentException("the bucket's policy with it: " + e.message(), e);
    }
  }
}
