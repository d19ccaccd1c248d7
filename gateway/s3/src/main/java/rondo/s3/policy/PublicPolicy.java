package rondo.s3.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a policy allows access beyond particular principals ("The meaning of public", S3
 * user guide). Pure.
 */
public final class PublicPolicy {
  /**
   * Condition keys whose fixed values name particular principals: an anonymous request has no value
   * of them, or {@link Requester.Anonymous#USER_ID}.
   */
  public static final Set<String> NAMING =
      Set.of(
          "aws:principalaccount",
          "aws:principalarn",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceowner",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:userid",
          "aws:username",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn",
          "s3:x-amz-server-side-encryption-aws-kms-key-id");

  private static final Set<ConditionOperator> POSITIVE =
      Set.of(
          ConditionOperator.STRING_EQUALS,
          ConditionOperator.STRING_EQUALS_IGNORE_CASE,
          ConditionOperator.STRING_LIKE,
          ConditionOperator.ARN_EQUALS,
          ConditionOperator.ARN_LIKE);

  /** Least leading bits of a particular network; wider ones count as public. */
  private static final int WIDEST_4 = 8;

  private static final int WIDEST_6 = 32;

  private PublicPolicy() {}

  public static boolean isPublic(Policy policy) {
    return policy.statements().stream().anyMatch(one -> one.allow() && isPublic(one));
  }

  private static boolean isPublic(PolicyStatement statement) {
    boolean everyone =
        statement.principals().not()
            || statement.principals().members().stream()
                .anyMatch(member -> member instanceof Principal.Everyone);
    return everyone && statement.conditions().stream().noneMatch(PublicPolicy::names);
  }

  /** Whether the condition holds for particular principals only. */
  private static boolean names(PolicyCondition condition) {
    if (condition.ifExists() || condition.quantifier() == PolicyCondition.Quantifier.ALL) {
      return false;
    }
    String key = condition.key().toLowerCase(Locale.ROOT);
    if (condition.operator() == ConditionOperator.IP_ADDRESS && key.equals("aws:sourceip")) {
      return condition.values().stream().allMatch(value -> isNarrow(value.source()));
    }
    return POSITIVE.contains(condition.operator())
        && NAMING.contains(key)
        && condition.values().stream().allMatch(PublicPolicy::isSomebody);
  }

  private static boolean isSomebody(Glob value) {
    return value.isFixed()
        && !value.equals(Requester.Anonymous.USER_ID, true, variable -> List.of());
  }

  private static boolean isNarrow(String text) {
    NetworkRange.Network network = NetworkRange.parse(text);
    return network != null
        && (network.isPrivate() || network.bits() >= (network.isVersion4() ? WIDEST_4 : WIDEST_6));
  }
}
