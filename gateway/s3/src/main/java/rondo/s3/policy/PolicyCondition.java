package rondo.s3.policy;

import java.util.List;
import java.util.Locale;

/**
 * A condition of a statement ("Condition operators" and "Set operators for multivalued context
 * keys", IAM reference).
 *
 * @param ifExists whether it holds where the request says nothing of the key
 * @param values of which one must match; of a negative operator, none
 */
public record PolicyCondition(
    ConditionOperator operator,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    List<Glob> values) {

  /** What of a key with several values must match. */
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
      // Of several values, without a word about it, a negative operator wants none to be there.
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
