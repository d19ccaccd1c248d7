package rondo.s3.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that allow and deny; a denial comes before all that allows. Immutable. */
public record Policy(List<PolicyStatement> statements) {
  /** The first statement that denies the action; null when none does. */
  public @Nullable PolicyStatement denying(PolicyQuestion question) {
    return first(false, question);
  }

  /** The first statement that allows the action; null when none does. */
  public @Nullable PolicyStatement allowing(PolicyQuestion question) {
    return first(true, question);
  }

  /**
   * The first statement that allows the action to the requester itself; null when none does. A
   * statement that names the account alone doesn't count, since the account has to pass it on.
   */
  public @Nullable PolicyStatement allowingDirectly(PolicyQuestion question) {
    return statements.stream()
        .filter(PolicyStatement::allow)
        .filter(one -> one.principals().coverDirectly(question.requester()))
        .filter(one -> one.appliesTo(question))
        .findFirst()
        .orElse(null);
  }

  private @Nullable PolicyStatement first(boolean allow, PolicyQuestion question) {
    return statements.stream()
        .filter(one -> one.allow() == allow && one.appliesTo(question))
        .findFirst()
        .orElse(null);
  }
}
