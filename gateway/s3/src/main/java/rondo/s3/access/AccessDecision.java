package rondo.s3.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyQuestion;
import rondo.s3.policy.PolicyStatement;
import rondo.s3.policy.Requester;
import rondo.s3.request.RequestNotes;

/**
 * Whether an action is allowed, and why ("Policy evaluation logic", IAM reference; "How Amazon S3
 * authorizes a request", S3 user guide).
 *
 * @param statement the name of the policy statement that decided; empty when none did
 */
public record AccessDecision(boolean allowed, Source source, String statement) {
  /** The rule that decided. */
  public enum Source {
    BUCKET_POLICY("the bucket's policy"),
    USER_POLICY("the user's policy"),
    OWNERSHIP("ownership"),
    ACL("an ACL"),
    OWNER("an account may always mend the policy of its own bucket"),
    NOTHING("nothing allows it"),
    USER_POLICY_SILENT("nothing in the user's policy allows it"),
    RESTRICTED("the public access block keeps a public policy for the owner's account"),
    FOREIGN_ACCOUNT("a bucket's policy is for identities of the owner's account alone");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * The actions by which an account that has locked itself out gets in again. No policy gives them
   * to another account: a mistaken policy would let strangers take the bucket over.
   */
  private static final Set<String> RECOVERY_ACTIONS =
      Set.of(
          Action.GET_BUCKET_POLICY.word(),
          Action.PUT_BUCKET_POLICY.word(),
          Action.DELETE_BUCKET_POLICY.word());

  /** Whether a statement denies the action explicitly, as opposed to no statement allowing it. */
  boolean isExplicitDeny() {
    return !allowed && !statement.isEmpty();
  }

  /** Notes the decision for the log lines of its request. */
  void noteIn(RequestNotes notes) {
    notes.decided(allowed, source.words(), statement);
    if (allowed && source == Source.ACL) {
      notes.requiresAcl();
    }
  }

  /**
   * An explicit deny in either policy beats every allow; without an allow, the action is denied.
   */
  static AccessDecision of(AccessCase facts) {
    PolicyQuestion question = facts.question();
    boolean limited = facts.userPolicy() != null;
    PolicyStatement denied = denying(facts.userPolicy(), question);
    if (denied != null) {
      return new AccessDecision(false, Source.USER_POLICY, denied.name());
    }
    if (facts.ownsBucket() && !limited && RECOVERY_ACTIONS.contains(question.action())) {
      return new AccessDecision(true, Source.OWNER, "");
    }
    denied = denying(facts.bucketPolicy(), question);
    if (denied != null) {
      return new AccessDecision(false, Source.BUCKET_POLICY, denied.name());
    }
    AccessDecision decision = limited ? ofUser(facts) : byResource(facts);
    return decision.allowed() && !facts.ownsBucket() && RECOVERY_ACTIONS.contains(question.action())
        ? new AccessDecision(false, Source.FOREIGN_ACCOUNT, "")
        : decision;
  }

  private static @Nullable PolicyStatement denying(
      @Nullable Policy policy, PolicyQuestion question) {
    return policy == null ? null : policy.denying(question);
  }

  /**
   * Decides for a key with a policy. On a resource of its own account, an allow in either policy is
   * enough; elsewhere the key's policy and the bucket's side must both allow.
   */
  private static AccessDecision ofUser(AccessCase facts) {
    Policy policy = facts.userPolicy();
    PolicyStatement allowed = policy == null ? null : policy.allowing(facts.question());
    if (facts.ownsResource()) {
      PolicyStatement named = bucketPolicyCounts(facts) ? allowingDirectly(facts) : null;
      if (allowed != null) {
        return new AccessDecision(true, Source.USER_POLICY, allowed.name());
      }
      return named == null
          ? new AccessDecision(false, Source.USER_POLICY_SILENT, "")
          : new AccessDecision(true, Source.BUCKET_POLICY, named.name());
    }
    return allowed == null
        ? new AccessDecision(false, Source.USER_POLICY_SILENT, "")
        : byResource(facts);
  }

  private static @Nullable PolicyStatement allowingDirectly(AccessCase facts) {
    Policy policy = facts.bucketPolicy();
    return policy == null ? null : policy.allowingDirectly(facts.question());
  }

  /** Decides by the bucket's side alone: its policy, ownership and ACLs. */
  private static AccessDecision byResource(AccessCase facts) {
    Policy policy = facts.bucketPolicy();
    PolicyStatement allowed =
        policy == null || !facts.policyApplies() ? null : policy.allowing(facts.question());
    if (allowed != null && bucketPolicyCounts(facts)) {
      return new AccessDecision(true, Source.BUCKET_POLICY, allowed.name());
    }
    if (facts.allowedByAcl()) {
      return new AccessDecision(true, facts.ownsResource() ? Source.OWNERSHIP : Source.ACL, "");
    }
    return new AccessDecision(false, allowed == null ? Source.NOTHING : Source.RESTRICTED, "");
  }

  private static boolean bucketPolicyCounts(AccessCase facts) {
    boolean inside =
        facts.ownsBucket() || facts.question().requester() instanceof Requester.Service;
    return facts.policyApplies() && (inside || !facts.restricted());
  }
}
