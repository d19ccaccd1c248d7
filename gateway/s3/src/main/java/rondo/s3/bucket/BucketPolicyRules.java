package rondo.s3.bucket;

import java.util.Arrays;
import java.util.List;
import rondo.s3.access.Action;
import rondo.s3.error.Difference;
import rondo.s3.policy.ConditionKeys;
import rondo.s3.policy.Glob;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyCondition;
import rondo.s3.policy.PolicyContext;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyStatement;

/**
 * The rules that S3 sets to a bucket's policy beyond the policy language. Every method throws
 * {@link PolicyException} for a breach. Pure.
 *
 * @param compat whether a statement's actions and resources may fail to fit together, as older
 *     tools expect
 */
record BucketPolicyRules(String bucket, boolean compat) {
  private static final String PREFIX = "arn:aws:s3:::";
  private static final PolicyContext NOTHING = key -> List.of();

  void check(Policy policy) {
    policy.statements().forEach(this::check);
  }

  private void check(PolicyStatement statement) {
    statement.actions().forEach(BucketPolicyRules::checkAction);
    statement.resources().forEach(this::checkResource);
    if (!statement.notActions()
        && !statement.notResources()
        && !Difference.POLICY_MEETS.in(compat)) {
      statement.actions().forEach(action -> checkApplies(action, statement));
    }
    if (!statement.notActions()) {
      statement.conditions().forEach(condition -> checkKey(condition, statement));
    }
  }

  private static boolean names(Glob pattern, Action action) {
    return pattern.matches(action.word(), true, NOTHING);
  }

  private static void checkAction(Glob action) {
    if (Arrays.stream(Action.values()).noneMatch(known -> names(action, known))
        && !Action.isElsewhere(action.source())) {
      throw new PolicyException("Policy has invalid action");
    }
  }

  private void checkResource(Glob resource) {
    String text = resource.source();
    int slash = text.indexOf('/');
    String head = slash < 0 ? text : text.substring(0, slash);
    boolean mine =
        text.equals("*")
            || (head.startsWith(PREFIX)
                && Glob.of(head, false).matches(PREFIX + bucket, false, NOTHING));
    if (!mine) {
      throw new PolicyException("Policy has invalid resource");
    }
  }

  private static void checkApplies(Glob action, PolicyStatement statement) {
    boolean applies =
        Action.isElsewhere(action.source())
            || Arrays.stream(Action.values())
                .filter(known -> names(action, known))
                .anyMatch(
                    known -> statement.resources().stream().anyMatch(r -> appliesTo(known, r)));
    if (!applies) {
      throw new PolicyException("Action does not apply to any resource(s) in statement");
    }
  }

  private static boolean appliesTo(Action action, Glob resource) {
    boolean ofObjects = resource.source().indexOf('/') >= 0;
    return resource.source().endsWith("*")
        ? action.target() == Action.Target.OBJECT || !ofObjects
        : ofObjects == (action.target() == Action.Target.OBJECT);
  }

  private static void checkKey(PolicyCondition condition, PolicyStatement statement) {
    boolean fits =
        Arrays.stream(Action.values())
            .filter(action -> statement.actions().stream().anyMatch(glob -> names(glob, action)))
            .anyMatch(action -> fits(condition.key(), action));
    if (!fits && statement.actions().stream().noneMatch(a -> Action.isElsewhere(a.source()))) {
      throw new PolicyException(
          "Conditions do not apply to combination of actions and resources in statement");
    }
  }

  private static boolean fits(String key, Action action) {
    if (ConditionKeys.isOfLists(key)) {
      return action == Action.LIST_BUCKET
          || action == Action.LIST_BUCKET_VERSIONS
          || action == Action.LIST_BUCKET_MULTIPART_UPLOADS;
    }
    return !ConditionKeys.isOfObjects(key) || action.target() == Action.Target.OBJECT;
  }
}
