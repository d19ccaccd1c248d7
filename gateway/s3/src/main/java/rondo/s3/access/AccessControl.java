package rondo.s3.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Stamp;
import rondo.s3.acl.AclGrants;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyQuestion;
import rondo.s3.policy.Requester;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/**
 * Decides whether a caller may perform an action, from rows that the operation reads anyway.
 * Thread-safe.
 */
public final class AccessControl {
  private static final String PAYER = "x-amz-request-payer";

  private final AclGrants grants;
  private final PolicyCache policies = new PolicyCache();

  public AccessControl(AclGrants grants) {
    this.grants = grants;
  }

  /**
   * Requires the action on the bucket or the object that the request names.
   *
   * @throws S3Exception AccessDenied
   */
  public void require(S3Request request, Bucket bucket, Action action) {
    require(AccessAttempt.of(request, bucket, action));
  }

  /**
   * Requires the action on the object that the request names, as {@link #requireRead} does.
   *
   * @param object null when there is no such object
   * @throws S3Exception AccessDenied
   */
  public void require(S3Request request, Bucket bucket, @Nullable ObjectRow object, Action action) {
    requireRead(AccessAttempt.of(request, bucket, action).on(object));
  }

  /**
   * Requires the action on an object that was looked up. If there is no such object, the caller
   * needs the right to list its key instead: only then may the caller learn that it is missing.
   *
   * @throws S3Exception AccessDenied
   */
  public void requireRead(AccessAttempt attempt) {
    if (attempt.object() != null || decide(attempt).isExplicitDeny()) {
      require(attempt);
      return;
    }
    AccessAttempt list = AccessAttempt.of(attempt.request(), attempt.bucket(), Action.LIST_BUCKET);
    require(attempt.key() == null ? list : list.with("s3:prefix", attempt.key()));
  }

  /**
   * Requires the action.
   *
   * @throws S3Exception AccessDenied, also in a Requester Pays bucket when the caller hasn't agreed
   *     to pay; MethodNotAllowed when a policy gives the bucket's policy to another account
   */
  public void require(AccessAttempt attempt) {
    requirePayer(attempt);
    AccessDecision decision = noted(attempt, decide(attempt));
    if (decision.source() == AccessDecision.Source.FOREIGN_ACCOUNT) {
      throw new S3Exception(
          S3Error.METHOD_NOT_ALLOWED,
          S3Error.METHOD_NOT_ALLOWED.message(),
          Map.of("ResourceType", "BUCKETPOLICY"));
    }
    if (!decision.allowed()) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
  }

  /**
   * Requires an action beside the one that the operation is named for, such as that of tags which
   * come with an object. For older tools it is enough that no policy denies it.
   *
   * @throws S3Exception AccessDenied
   */
  public void requireFurther(AccessAttempt attempt) {
    boolean allowed =
        Difference.RIGHTS_OF_HEADERS.in(grants.compat())
            ? !decide(attempt).isExplicitDeny()
            : allows(attempt);
    if (!allowed) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
  }

  /**
   * Requires the actions that the headers of a new object need, besides s3:PutObject.
   *
   * @throws S3Exception AccessDenied
   */
  public void requireHeaders(S3Request request, Bucket bucket) {
    AccessAttempt put = AccessAttempt.of(request, bucket, Action.PUT_OBJECT);
    for (Action action : HeaderRights.ofObject(request)) {
      if (action == Action.PUT_OBJECT_ACL) {
        requireGrants(put);
      } else {
        requireFurther(put.as(action));
      }
    }
  }

  /**
   * Requires the action of an ACL that comes with an object. Where ownership or an ACL lets the
   * caller write it, the caller is about to own the object, and its owner alone decides who may
   * read it. An anonymous owner has no policy that could allow it: it is enough that none denies
   * it.
   */
  private void requireGrants(AccessAttempt put) {
    AccessAttempt acl = put.as(Action.PUT_OBJECT_ACL);
    Identity caller = put.request().caller();
    if (decide(put).source() != AccessDecision.Source.ACL) {
      requireFurther(acl);
    } else if (caller == null) {
      requireUndenied(acl);
    } else {
      requireFurther(acl.on(ObjectRow.newBuilder().setOwner(caller.accountId()).build()));
    }
  }

  private void requireUndenied(AccessAttempt attempt) {
    if (decide(attempt).isExplicitDeny()) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
  }

  /**
   * Refuses to complete an upload whose grants, tags or legal hold a policy denies to the caller by
   * now.
   *
   * @param template the row that the upload began with
   * @throws S3Exception AccessDenied
   */
  public void requireUndenied(S3Request request, Bucket bucket, ObjectRow template) {
    AccessAttempt put = AccessAttempt.of(request, bucket, Action.PUT_OBJECT);
    for (Action action : HeaderRights.ofTemplate(template)) {
      requireUndenied(put.as(action));
    }
  }

  /**
   * In a Requester Pays bucket, every caller but the owner must agree to pay ("Requester Pays
   * buckets").
   */
  private void requirePayer(AccessAttempt attempt) {
    BucketRow bucket = attempt.bucket().row();
    S3Request request = attempt.request();
    if (!bucket.getRequesterPays() || grants.owns(request.caller(), bucket)) {
      return;
    }
    String said = request.header(PAYER);
    if (request.caller() == null
        || !"requester".equals(said == null ? request.query().value(PAYER) : said)) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED,
          "Access Denied: whoever asks for this bucket's data pays; send "
              + PAYER
              + ": requester with a signed request");
    }
    request.noted().charges();
  }

  /**
   * Whether the action is allowed. Notes in the request's log entry when an ACL alone allowed it.
   */
  public boolean allows(AccessAttempt attempt) {
    return noted(attempt, decide(attempt)).allowed();
  }

  private static AccessDecision noted(AccessAttempt attempt, AccessDecision decision) {
    decision.noteIn(attempt.request().noted());
    return decision;
  }

  /**
   * Requires an action that no bucket's policy can allow, since there is no bucket, or not yet:
   * only the caller's own policy decides.
   *
   * @param bucket its name; {@code *} when the action is on none
   * @throws S3Exception AccessDenied, also for an anonymous caller
   */
  public void requireOfUser(S3Request request, String bucket, Action action) {
    Identity caller = request.caller();
    Policy policy = caller == null ? null : caller.policy();
    var nowhere = new Bucket(bucket, BucketRow.getDefaultInstance(), Stamp.ZERO);
    PolicyQuestion question = question(AccessAttempt.of(request, nowhere, action));
    boolean allowed =
        policy == null || (policy.denying(question) == null && policy.allowing(question) != null);
    if (caller == null || !allowed) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
  }

  /** Whether the bucket's policy is public: it allows more than the principals that it names. */
  public boolean isPublic(BucketRow bucket) {
    PolicyCache.ParsedPolicy policy = policies.of(bucket.getPolicy());
    return policy != null && policy.isPublic();
  }

  /** The decision about an attempt, with its reason. */
  public AccessDecision decide(AccessAttempt attempt) {
    return decide(attempt, question(attempt));
  }

  /**
   * Whether the bucket's policy allows the action to a service; the attempt's caller plays no part.
   *
   * @param service such as {@code logging.s3.amazonaws.com}
   */
  public boolean allowsService(String service, AccessAttempt attempt) {
    PolicyQuestion asked = question(attempt);
    var requester = new Requester.Service(service);
    PolicyQuestion question =
        new PolicyQuestion(requester, asked.action(), asked.resource(), asked.context());
    PolicyCache.ParsedPolicy policy = policies.of(attempt.bucket().row().getPolicy());
    return AccessDecision.of(
            new AccessCase(
                question,
                false,
                false,
                false,
                policy == null ? null : policy.policy(),
                true,
                false,
                null))
        .allowed();
  }

  private AccessDecision decide(AccessAttempt attempt, PolicyQuestion question) {
    Identity caller = attempt.request().caller();
    BucketRow bucket = attempt.bucket().row();
    boolean ownsBucket = grants.owns(caller, bucket);
    AclRight right = attempt.judged().right();
    String owner = grants.ownerOf(bucket, right.isOfObject() ? attempt.object() : null);
    PolicyCache.ParsedPolicy policy = policies.of(bucket.getPolicy());
    return AccessDecision.of(
        new AccessCase(
            question,
            ownsBucket,
            grants.isRoot(caller) || (caller != null && caller.accountId().equals(owner)),
            allowedByAcl(attempt, right),
            policy == null ? null : policy.policy(),
            owner.equals(bucket.getOwner()) || right == AclRight.EITHER_OWNER,
            policy != null
                && policy.isPublic()
                && bucket.getPublicAccessBlock().getRestrictPublicBuckets(),
            caller == null ? null : caller.policy()));
  }

  private static PolicyQuestion question(AccessAttempt attempt) {
    Identity caller = attempt.request().caller();
    Requester requester =
        caller == null
            ? new Requester.Anonymous()
            : new Requester.Signed(
                caller.accountId(),
                caller.displayName(),
                caller.accessKey(),
                caller.policy() != null);
    return new PolicyQuestion(
        requester, attempt.judged().word(), attempt.resource(), new RequestContext(attempt));
  }

  /** Whether ownership or an ACL allows the action. */
  private boolean allowedByAcl(AccessAttempt attempt, AclRight right) {
    Identity caller = attempt.request().caller();
    BucketRow bucket = attempt.bucket().row();
    ObjectRow object = attempt.object();
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
