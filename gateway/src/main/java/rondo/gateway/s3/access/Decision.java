package rondo.gateway.s3.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.gateway.policy.Policy;
import rondo.gateway.policy.Question;
import rondo.gateway.policy.Requester;
import rondo.gateway.policy.Statement;

/**
 * Whether something may be done, and why ("Policy evaluation logic", IAM reference; "How Amazon S3
 * authorizes a request", S3 user guide).
 *
 * @param statement the name of the statement that decided; empty when none did
 */
public record Decision(boolean allowed, Source source, String statement) {
  /** What decided. */
  public enum Source {
    BUCKET_POLICY("the bucket's policy"),
    USER_POLICY("the user's policy"),
    OWNERSHIP("ownership"),
    ACL("an ACL"),
    OWNER("an account may always mend the policy of its own bucket"),
    NOTHING("nothing allows it"),
    USER_POLICY_SILENT("nothing in the user's policy allows it"),
    RESTRICTED("the public access block keeps a public policy for the owner's account");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** With which an account that has locked itself out gets in again. */
  private static final Set<String> MENDING =
      Set.of(
          Action.GET_BUCKET_POLICY.word(),
          Action.PUT_BUCKET_POLICY.word(),
          Action.DELETE_BUCKET_POLICY.word());

  /** Whether it was denied by a statement that says so, not for want of one that allows it. */
  boolean isExplicitDeny() {
    return !allowed && !statement.isEmpty();
  }

  /** Explicitly denied beats allowed, by whichever policy, which beats what nobody allowed. */
  static Decision of(Case facts) {
    Question question = facts.question();
    boolean limited = facts.userPolicy() != null;
    Statement denied = denying(facts.userPolicy(), question);
    if (denied != null) {
      return new Decision(false, Source.USER_POLICY, denied.name());
    }
    if (facts.bucketOwners() && !limited && MENDING.contains(question.action())) {
      return new Decision(true, Source.OWNER, "");
    }
    denied = denying(facts.bucketPolicy(), question);
    if (denied != null) {
      return new Decision(false, Source.BUCKET_POLICY, denied.name());
    }
    return limited ? ofUser(facts) : byResource(facts);
  }

  private static @Nullable Statement denying(@Nullable Policy policy, Question question) {
    return policy == null ? null : policy.denying(question);
  }

  /** A key with a policy: inside its account one side is enough, elsewhere it takes both. */
  private static Decision ofUser(Case facts) {
    Policy policy = facts.userPolicy();
    Statement allowed = policy == null ? null : policy.allowing(facts.question());
    if (facts.ownersOwn()) {
      Statement named = speaks(facts) ? directly(facts) : null;
      if (allowed != null) {
        return new Decision(true, Source.USER_POLICY, allowed.name());
      }
      return named == null
          ? new Decision(false, Source.USER_POLICY_SILENT, "")
          : new Decision(true, Source.BUCKET_POLICY, named.name());
    }
    return allowed == null ? new Decision(false, Source.USER_POLICY_SILENT, "") : byResource(facts);
  }

  private static @Nullable Statement directly(Case facts) {
    Policy policy = facts.bucketPolicy();
    return policy == null ? null : policy.allowingDirectly(facts.question());
  }

  /** What the bucket's side says. */
  private static Decision byResource(Case facts) {
    Policy policy = facts.bucketPolicy();
    Statement allowed =
        policy == null || !facts.spoken() ? null : policy.allowing(facts.question());
    if (allowed != null && speaks(facts)) {
      return new Decision(true, Source.BUCKET_POLICY, allowed.name());
    }
    if (facts.listed()) {
      return new Decision(true, facts.ownersOwn() ? Source.OWNERSHIP : Source.ACL, "");
    }
    return new Decision(false, allowed == null ? Source.NOTHING : Source.RESTRICTED, "");
  }

  private static boolean speaks(Case facts) {
    boolean inside =
        facts.bucketOwners() || facts.question().requester() instanceof Requester.Service;
    return facts.spoken() && (inside || !facts.restricted());
  }
}
