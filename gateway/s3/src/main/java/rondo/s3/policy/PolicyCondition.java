package rondo.s3.policy;

import java.util.List;
import java.util.Locale;

/**
 * A condition of a statement ("Condition operators" and "Set operators for multivalued context
 * keys", IAM reference).
 *
 * @param ifExists whether it holds when the request has no value of the key
 * @param values one must match; with a negative operator, none may
 */
public record PolicyCondition(
    ConditionOperator operator,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    List<Glob> values) {

  /** The number of a request's values that must match: all of them, or any one. */
  public enum Quantifier {
    NONE,
    ALL,
    ANY
  }

  boolean holds(PolicyContext context) {
    List<String> given = context.values(key);
    if (operator == ConditionOperator.NULL) {
      boolean absent = values.getFirst().source().toLowerCase(Locale.ROOT).equals("true");
      return given.isEmpty() == absent;
    }
    if (given.isEmpty()) {
      return ifExists
          || (quantifier == Quantifier.NONE && operator.isNegative())
          || quantifier == Quantifier.ALL;
    }
    return switch (quantifier) {
      case ALL -> given.stream().allMatch(value -> matches(value, context));
      case ANY -> given.stream().anyMatch(value -> matches(value, context));
      // Without a quantifier, a negative operator holds if none of several values compares.
      case NONE ->
          operator.isNegative()
              ? given.stream().allMatch(value -> matches(value, context))
              : given.stream().anyMatch(value -> matches(value, context));
    };
  }

  private boolean matches(String given, PolicyContext context) {
    return values.stream().anyMatch(wanted -> operator.compare(wanted, given, context))
        != operator.isNegative();
  }
}
