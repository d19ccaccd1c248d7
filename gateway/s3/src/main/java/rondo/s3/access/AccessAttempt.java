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
 * A request is about to do something.
 *
 * @param key of the object; null where the action is on the bucket
 * @param version the version that is named; null for none
 * @param object as it is now, where it has been read
 * @param facts what condition keys say that neither the request's head nor the object does
 */
public record AccessAttempt(
    S3Request request,
    Bucket bucket,
    Action action,
    @Nullable String key,
    @Nullable String version,
    @Nullable ObjectRow object,
    Map<String, List<String>> facts) {

  /** To what the request's address and its {@code versionId} name. */
  public static AccessAttempt of(S3Request request, Bucket bucket, Action action) {
    var attempt = new AccessAttempt(request, bucket, action, null, null, null, Map.of());
    String key = request.address().key();
    return action.target() == Action.Target.OBJECT && key != null
        ? attempt.named(key, request.query().value("versionId"))
        : attempt;
  }

  /** What it is done to, by its ARN. */
  public String resource() {
    return BucketName.arn(bucket.name()) + (key == null ? "" : "/" + key);
  }

  /** What is asked about: the action on a version, where one is named. */
  public Action judged() {
    return version == null ? action : action.ofVersion();
  }

  /**
   * To another object of the bucket.
   *
   * @param id null when no version is named
   */
  public AccessAttempt at(String otherKey, @Nullable VersionId id) {
    return named(otherKey, id == null ? null : id.toString());
  }

  private AccessAttempt named(String otherKey, @Nullable String versionId) {
    return new AccessAttempt(request, bucket, action, otherKey, versionId, object, facts);
  }

  /** Another action on the same. */
  AccessAttempt as(Action other) {
    return new AccessAttempt(request, bucket, other, key, version, object, facts);
  }

  /** To an object that has been read; null when there is none. */
  public AccessAttempt on(@Nullable ObjectRow row) {
    return new AccessAttempt(request, bucket, action, key, version, row, facts);
  }

  /** With what the request's body says, such as {@code s3:object-lock-mode}. */
  public AccessAttempt with(String conditionKey, String... values) {
    var more = new HashMap<>(facts);
    more.put(conditionKey, List.of(values));
    return new AccessAttempt(request, bucket, action, key, version, object, Map.copyOf(more));
  }

  /** With the tags that the request's body gives. */
  public AccessAttempt tagged(List<Header> tags) {
    AccessAttempt attempt =
        with("s3:RequestObjectTagKeys", tags.stream().map(Header::getName).toArray(String[]::new));
    for (Header tag : tags) {
      attempt = attempt.with("s3:RequestObjectTag/" + tag.getName(), tag.getValue());
    }
    return attempt;
  }
}
