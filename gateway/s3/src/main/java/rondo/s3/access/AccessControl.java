package rondo.s3.access;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Stamp;
import rondo.s3.acl.AclGrants;
import rondo.s3.auth.Identity;
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
  /** Headers of a new object, each of which needs a permission of its own. */
  private static final Map<String, Action> IMPLIED =
      Map.of(
          "x-amz-tagging", Action.PUT_OBJECT_TAGGING,
          "x-amz-object-lock-mode", Action.PUT_OBJECT_RETENTION,
          "x-amz-object-lock-legal-hold", Action.PUT_OBJECT_LEGAL_HOLD);

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
   * Requires the action, and the further actions that the headers of a new object need.
   *
   * @throws S3Exception AccessDenied, also in a Requester Pays bucket when the caller hasn't agreed
   *     to pay
   */
  public void require(AccessAttempt attempt) {
    requirePayer(attempt);
    if (!allows(attempt) || !implied(attempt).allMatch(this::allows)) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
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
   * The further actions that a new object's headers need; for older tools, s3:PutObject covers
   * them.
   */
  private Stream<AccessAttempt> implied(AccessAttempt attempt) {
    if (attempt.action() != Action.PUT_OBJECT || grants.compat()) {
      return Stream.empty();
    }
    return IMPLIED.entrySet().stream()
        .filter(one -> attempt.request().header(one.getKey()) != null)
        .map(one -> attempt.as(one.getValue()));
  }

  /**
   * Whether the action is allowed. Notes in the request's log entry when an ACL alone allowed it.
   */
  public boolean allows(AccessAttempt attempt) {
    AccessDecision decision = decide(attempt);
    if (decision.allowed() && decision.source() == AccessDecision.Source.ACL) {
      attempt.request().noted().requiresAcl();
    }
    return decision.allowed();
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
