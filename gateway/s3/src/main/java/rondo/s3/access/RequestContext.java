package rondo.s3.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.s3.auth.Identity;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.policy.PolicyContext;
import rondo.s3.policy.Requester;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.S3Request;
import rondo.s3.request.SourcePath;

/**
 * The values of condition keys for one attempt ("Condition keys for Amazon S3", service
 * authorization reference).
 */
final class RequestContext implements PolicyContext {
  private static final String EXISTING_TAG = "s3:ExistingObjectTag/";
  private static final String REQUEST_TAG = "s3:RequestObjectTag/";
  private static final String BUCKET_TAG = "s3:BucketTag/";
  private static final int MOST_TAGS = 50;

  private static final String KMS_KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id";

  private final AccessAttempt attempt;
  private final S3Request request;

  /** The values that were asked for: policies may ask for one thousands of times. */
  private final Map<String, List<String>> known = new HashMap<>();

  private @Nullable QueryParameters tags;

  RequestContext(AccessAttempt attempt) {
    this.attempt = attempt;
    this.request = attempt.request();
  }

  @Override
  public List<String> values(String key) {
    List<String> found = known.get(key);
    if (found == null) {
      found = find(key);
      known.put(key, found);
    }
    return found;
  }

  private List<String> find(String key) {
    int slash = key.indexOf('/');
    for (var fact : attempt.facts().entrySet()) {
      // The case of a condition key doesn't matter, but that of a tag's name does.
      if (fact.getKey().equalsIgnoreCase(key)
          && (slash < 0 || fact.getKey().endsWith(key.substring(slash)))) {
        return fact.getValue();
      }
    }
    if (slash > 0) {
      return tagged(key.substring(0, slash + 1), key.substring(slash + 1));
    }
    String name = key.toLowerCase(Locale.ROOT);
    if (name.equals("s3:requestobjecttagkeys")) {
      return List.copyOf(tagNames());
    }
    String value = name.startsWith("aws:") ? global(name) : ofS3(name);
    return value == null ? List.of() : List.of(value);
  }

  private List<String> tagged(String kind, String tag) {
    if (kind.equalsIgnoreCase(REQUEST_TAG)) {
      String value = requestTags().value(tag);
      return value == null ? List.of() : List.of(value);
    }
    List<Header> tags =
        kind.equalsIgnoreCase(EXISTING_TAG)
            ? attempt.object() == null ? List.of() : attempt.object().getTagsList()
            : kind.equalsIgnoreCase(BUCKET_TAG) || kind.equalsIgnoreCase("aws:ResourceTag/")
                ? attempt.bucket().row().getTagsList()
                : List.of();
    return tags.stream().filter(one -> one.getName().equals(tag)).map(Header::getValue).toList();
  }

  private QueryParameters requestTags() {
    if (tags == null) {
      tags = new QueryParameters(Objects.requireNonNullElse(request.header("x-amz-tagging"), ""));
    }
    return tags;
  }

  /**
   * More names than any resource may have tags are refused here: each is compared with a policy.
   */
  private Collection<String> tagNames() {
    Collection<String> names = requestTags().names();
    if (names.size() > MOST_TAGS) {
      throw new S3Exception(S3Error.BAD_REQUEST, "Object tags cannot be greater than 10");
    }
    return names;
  }

  private @Nullable String global(String name) {
    return switch (name) {
      case "aws:currenttime" -> request.received().toString();
      case "aws:epochtime" -> Long.toString(request.received().getEpochSecond());
      case "aws:securetransport" -> Boolean.toString(request.client().secure());
      case "aws:sourceip" -> orNull(request.client().address());
      case "aws:useragent" -> request.header("user-agent");
      case "aws:referer" -> request.header("referer");
      case "aws:requestedregion" -> orNull(attempt.bucket().row().getRegion());
      case "aws:resourceaccount" -> attempt.bucket().owner();
      case "aws:principalisawsservice", "aws:viaawsservice" -> "false";
      case "aws:principaltype" -> type();
      default -> ofCaller(name, request.caller());
    };
  }

  private String type() {
    Identity caller = request.caller();
    return caller == null ? "Anonymous" : caller.policy() == null ? "Account" : "User";
  }

  private static @Nullable String ofCaller(String name, @Nullable Identity caller) {
    if (caller == null) {
      return name.equals("aws:userid") ? Requester.Anonymous.USER_ID : null;
    }
    boolean limited = caller.policy() != null;
    return switch (name) {
      case "aws:principalaccount" -> caller.accountId();
      case "aws:principalarn" ->
          "arn:aws:iam::"
              + caller.accountId()
              + (limited ? ":user/" + caller.displayName() : ":root");
      case "aws:userid" -> limited ? caller.accessKey() : caller.accountId();
      case "aws:username" -> caller.displayName();
      default -> null;
    };
  }

  private @Nullable String ofS3(String name) {
    return switch (name) {
      case "s3:prefix", "s3:delimiter", "s3:max-keys" ->
          attempt.action().target() == Action.Target.BUCKET
              ? request.query().value(name.substring("s3:".length()))
              : null;
      case "s3:versionid" -> attempt.version();
      case "s3:resourceaccount" -> attempt.bucket().owner();
      case "s3:if-match", "s3:if-none-match" -> request.header(name.substring("s3:".length()));
      case "s3:x-amz-copy-source" -> copySource();
      case "s3:x-amz-content-sha256" -> contentHash();
      case "s3:object-lock-mode", "s3:object-lock-retain-until-date", "s3:object-lock-legal-hold" ->
          request.header("x-amz-" + name.substring("s3:".length()));
      case "s3:object-lock-remaining-retention-days" -> remainingDays();
      case "s3:objectcreationoperation" -> Boolean.toString(creates());
      case "s3:authtype", "s3:signatureversion", "s3:signatureage" ->
          new SignatureFacts(request).value(name);
      case "s3:tlsversion" -> tlsVersion();
      // Only signed requests may use a key of KMS, so a condition on one excludes strangers.
      case KMS_KEY -> request.caller() == null ? null : request.header(name.substring(3));
      default ->
          name.startsWith("s3:x-amz-") ? request.header(name.substring("s3:".length())) : null;
    };
  }

  /** The bucket and the key of the copy source, without a leading slash or a version. */
  private @Nullable String copySource() {
    String header = request.header("x-amz-copy-source");
    return header == null ? null : SourcePath.of(header).path();
  }

  private @Nullable String contentHash() {
    String header = request.header("x-amz-content-sha256");
    boolean presigned = request.query().has("X-Amz-Signature");
    return header == null && presigned ? "UNSIGNED-PAYLOAD" : header;
  }

  private @Nullable String remainingDays() {
    List<String> until = values("s3:object-lock-retain-until-date");
    if (until.size() != 1) {
      return null;
    }
    try {
      Duration left = Duration.between(request.received(), Instant.parse(until.getFirst()));
      // A day that has begun counts as a whole one.
      return Long.toString(Math.ceilDiv(left.toSeconds(), Duration.ofDays(1).toSeconds()));
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private boolean creates() {
    boolean part = request.query().has("uploadId");
    return attempt.action() == Action.PUT_OBJECT
        && (request.method().equals("PUT") ? !part : part || request.query().names().isEmpty());
  }

  private @Nullable String tlsVersion() {
    String tls = request.client().tls();
    return tls != null && tls.startsWith("TLSv") ? tls.substring("TLSv".length()) : null;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
