package rondo.s3.policy;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param name its Sid, or without one its number, counted from 1
 * @param allow true for Allow, false for Deny
 * @param notActions whether it applies to all actions but the listed ones (NotAction)
 * @param notResources whether it applies to all resources but the listed ones (NotResource)
 */
public record PolicyStatement(
    String name,
    boolean allow,
    PrincipalSet principals,
    boolean notActions,
    List<Glob> actions,
    boolean notResources,
    List<Glob> resources,
    List<PolicyCondition> conditions) {

  boolean appliesTo(PolicyQuestion question) {
    return principals.cover(question.requester())
        && actions.stream().anyMatch(one -> isAction(one, question)) != notActions
        && resources.stream().anyMatch(one -> isResource(one, question)) != notResources
        && conditions.stream().allMatch(condition -> condition.holds(question.context()));
  }

  private static boolean isAction(Glob pattern, PolicyQuestion question) {
    return pattern.matches(question.action(), true, question.context());
  }

  private static boolean isResource(Glob pattern, PolicyQuestion question) {
    return pattern.matches(question.resource(), false, question.context());
  }
}
