package rondo.gateway.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is allowed, and what is denied whatever allows it. Immutable. */
public record Policy(List<Statement> statements) {
  /** The first statement that denies it; null when none does. */
  public @Nullable Statement denying(Question question) {
    return first(false, question);
  }

  /** The first statement that allows it; null when none does. */
  public @Nullable Statement allowing(Question question) {
    return first(true, question);
  }

  /** The first that allows it to whom it names, not to an account that has to pass it on. */
  public @Nullable Statement allowingDirectly(Question question) {
    return statements.stream()
        .filter(Statement::allow)
        .filter(one -> one.principals().coverDirectly(question.requester()))
        .filter(one -> one.appliesTo(question))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Statement first(boolean allow, Question question) {
    return statements.stream()
        .filter(one -> one.allow() == allow && one.appliesTo(question))
        .findFirst()
        .orElse(null);
  }
}
