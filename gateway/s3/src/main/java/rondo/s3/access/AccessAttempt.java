package rondo.s3.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.request.BucketName;
import rondo.s3.request.S3Request;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/**
 * An action that a request is about to perform, with the facts that authorization needs. Immutable.
 *
 * @param key of the object; null when the action is on the bucket
 * @param version the version id that the request names; null when it names none
 * @param object the object's row, once it has been read; else null
 * @param facts values of condition keys that come from neither the request's head nor the rows
 */
public record AccessAttempt(
    S3Request request,
    Bucket bucket,
    Action action,
    @Nullable String key,
    @Nullable String version,
    @Nullable ObjectRow object,
    Map<String, List<String>> facts) {

  /**
   * The action on the bucket that the request names, or, for an action on objects, on its key and
   * {@code versionId}.
   */
  public static AccessAttempt of(S3Request request, Bucket bucket, Action action) {
    var attempt = new AccessAttempt(request, bucket, action, null, null, null, Map.of());
    String key = request.address().key();
    return action.target() == Action.Target.OBJECT && key != null
        ? attempt.named(key, request.query().value("versionId"))
        : attempt;
  }

  /** The ARN of the bucket or the object that the action is on. */
  public String resource() {
    return BucketName.arn(bucket.name()) + (key == null ? "" : "/" + key);
  }

  /** The action that policies are evaluated for: the variant for versions when one is named. */
  public Action judged() {
    return version == null ? action : action.ofVersion();
  }

  /**
   * This attempt on another object of the bucket.
   *
   * @param id null when no version is named
   */
  public AccessAttempt at(String otherKey, @Nullable VersionId id) {
    return named(otherKey, id == null ? null : id.toString());
  }

  private AccessAttempt named(String otherKey, @Nullable String versionId) {
    return new AccessAttempt(request, bucket, action, otherKey, versionId, object, facts);
  }

  /** This attempt with another action on the same bucket, object and version. */
  AccessAttempt as(Action other) {
    return new AccessAttempt(request, bucket, other, key, version, object, facts);
  }

  /** This attempt with the object's row; null when there is no such object. */
  public AccessAttempt on(@Nullable ObjectRow row) {
    return new AccessAttempt(request, bucket, action, key, version, row, facts);
  }

  /**
   * This attempt with a condition key's values from the request's body, such as {@code
   * s3:object-lock-mode}.
   */
  public AccessAttempt with(String conditionKey, String... values) {
    var more = new HashMap<>(facts);
    more.put(conditionKey, List.of(values));
    return new AccessAttempt(request, bucket, action, key, version, object, Map.copyOf(more));
  }

  /**
   * This attempt with the tags that the request's body gives, as values of {@code
   * s3:RequestObjectTag} and {@code s3:RequestObjectTagKeys}.
   */
  public AccessAttempt tagged(List<Header> tags) {
    AccessAttempt attempt =
        with("s3:RequestObjectTagKeys", tags.stream().map(Header::getName).toArray(String[]::new));
    for (Header tag : tags) {
      attempt = attempt.with("s3:RequestObjectTag/" + tag.getName(), tag.getValue());
    }
    return attempt;
  }
}
