package rondo.s3.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is allowed, and what is denied whatever allows it. Immutable. */
public record Policy(List<PolicyStatement> statements) {
  /** The first statement that denies it; null when none does. */
  public @Nullable PolicyStatement denying(PolicyQuestion question) {
    return first(false, question);
  }

  /** The first statement that allows it; null when none does. */
  public @Nullable PolicyStatement allowing(PolicyQuestion question) {
    return first(true, question);
  }

  /** The first that allows it to whom it names, not to an account that has to pass it on. */
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
