package rondo.gateway.s3.access;

import org.jspecify.annotations.Nullable;
import rondo.gateway.auth.Identity;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.acl.Grants;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;

/** Decides what a caller may do, from rows that are read anyway. Thread-safe. */
public final class Access {
  private final Grants grants;

  public Access(Grants grants) {
    this.grants = grants;
  }

  /**
   * On the bucket or the object that the request names.
   *
   * @throws S3Exception AccessDenied
   */
  public void require(S3Request request, Bucket bucket, Action action) {
    require(Attempt.of(request, bucket, action));
  }

  /**
   * On the object that the request names.
   *
   * @param object null when there is none: who may list the bucket may know that
   * @throws S3Exception AccessDenied
   */
  public void require(S3Request request, Bucket bucket, @Nullable ObjectRow object, Action action) {
    requireRead(Attempt.of(request, bucket, action).on(object));
  }

  /**
   * The same for any object: where none was found, whoever may list the bucket may know that.
   *
   * @throws S3Exception AccessDenied
   */
  public void requireRead(Attempt attempt) {
    require(
        attempt.object() == null
            ? Attempt.of(attempt.request(), attempt.bucket(), Action.LIST_BUCKET)
            : attempt);
  }

  /**
   * @throws S3Exception AccessDenied
   */
  public void require(Attempt attempt) {
    if (!allows(attempt)) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
  }

  public boolean allows(Attempt attempt) {
    Identity caller = attempt.request().caller();
    BucketRow bucket = attempt.bucket().row();
    ObjectRow object = attempt.object();
    Right right = attempt.judged().right();
    boolean byObject =
        object != null
            && right.isOfObject()
            && grants.allows(caller, bucket, object, right.permission());
    return switch (right) {
      case OWNER -> grants.owns(caller, bucket);
      case EITHER_OWNER -> byObject || grants.owns(caller, bucket);
      default ->
          byObject
              || ((object == null || !right.isOfObject())
                  && grants.allows(caller, bucket, right.permission()));
    };
  }
}
