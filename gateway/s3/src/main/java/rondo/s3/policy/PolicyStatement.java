package rondo.s3.policy;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param name its Sid; or else its number, from 1 on
 * @param allow else it denies
 * @param notActions whether it is about all other actions
 * @param notResources whether it is about all other resources
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
