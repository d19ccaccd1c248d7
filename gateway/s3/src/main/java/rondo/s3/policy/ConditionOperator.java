package rondo.s3.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operator with which a condition compares a request's values with its own. */
public enum ConditionOperator {
  STRING_EQUALS("StringEquals", false, Comparisons::isText),
  STRING_NOT_EQUALS("StringNotEquals", true, Comparisons::isText),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, Comparisons::isTextInAnyCase),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, Comparisons::isTextInAnyCase),
  STRING_LIKE("StringLike", false, Comparisons::isLike),
  STRING_NOT_LIKE("StringNotLike", true, Comparisons::isLike),
  NUMERIC_EQUALS("NumericEquals", false, Comparisons.number(order -> order == 0)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", true, Comparisons.number(order -> order == 0)),
  NUMERIC_LESS_THAN("NumericLessThan", false, Comparisons.number(order -> order < 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, Comparisons.number(order -> order <= 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", false, Comparisons.number(order -> order > 0)),
  NUMERIC_GREATER_THAN_EQUALS(
      "NumericGreaterThanEquals", false, Comparisons.number(order -> order >= 0)),
  DATE_EQUALS("DateEquals", false, Comparisons.date(order -> order == 0)),
  DATE_NOT_EQUALS("DateNotEquals", true, Comparisons.date(order -> order == 0)),
  DATE_LESS_THAN("DateLessThan", false, Comparisons.date(order -> order < 0)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, Comparisons.date(order -> order <= 0)),
  DATE_GREATER_THAN("DateGreaterThan", false, Comparisons.date(order -> order > 0)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, Comparisons.date(order -> order >= 0)),
  BOOL("Bool", false, Comparisons::isTextInAnyCase),
  BINARY_EQUALS("BinaryEquals", false, Comparisons::isText),
  IP_ADDRESS("IpAddress", false, Comparisons::isInNetwork),
  NOT_IP_ADDRESS("NotIpAddress", true, Comparisons::isInNetwork),
  ARN_EQUALS("ArnEquals", false, Comparisons::isArn),
  ARN_NOT_EQUALS("ArnNotEquals", true, Comparisons::isArn),
  ARN_LIKE("ArnLike", false, Comparisons::isArn),
  ARN_NOT_LIKE("ArnNotLike", true, Comparisons::isArn),
  NULL("Null", false, Comparisons::isTextInAnyCase);

  /** Compares a value of a policy with a value of a request. */
  @FunctionalInterface
  interface Comparison {
    boolean test(Glob wanted, String given, PolicyContext context);
  }

  private static final Map<String, ConditionOperator> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ConditionOperator::word, Function.identity()));

  private final String word;
  private final boolean negative;

  // Comparisons are functions without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Comparison comparison;

  ConditionOperator(String word, boolean negative, Comparison comparison) {
    this.word = word;
    this.negative = negative;
    this.comparison = comparison;
  }

  String word() {
    return word;
  }

  static @Nullable ConditionOperator named(String word) {
    return BY_NAME.get(word);
  }

  /** Whether the operator holds when its comparison doesn't. */
  public boolean isNegative() {
    return negative;
  }

  /** The comparison, not yet negated. */
  boolean compare(Glob wanted, String given, PolicyContext context) {
    return comparison.test(wanted, given, context);
  }

  /** Whether a policy may use that value with the operator: others could never match. */
  boolean takes(String value) {
    return switch (this) {
      case NUMERIC_EQUALS,
          NUMERIC_NOT_EQUALS,
          NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS ->
          Comparisons.number(value) != null;
      case DATE_EQUALS,
          DATE_NOT_EQUALS,
          DATE_LESS_THAN,
          DATE_LESS_THAN_EQUALS,
          DATE_GREATER_THAN,
          DATE_GREATER_THAN_EQUALS ->
          Comparisons.date(value) != null;
      case BOOL, NULL -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      case IP_ADDRESS, NOT_IP_ADDRESS -> NetworkRange.parse(value) != null;
      default -> true;
    };
  }
}
