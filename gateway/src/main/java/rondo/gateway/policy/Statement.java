package rondo.gateway.policy;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param name its Sid; or else its number, from 1 on
 * @param allow else it denies
 * @param notActions whether it is about all other actions
 * @param notResources whether it is about all other resources
 */
public record Statement(
    String name,
    boolean allow,
    Principals principals,
    boolean notActions,
    List<Glob> actions,
    boolean notResources,
    List<Glob> resources,
    List<Condition> conditions) {

  boolean appliesTo(Question question) {
    return principals.cover(question.requester())
        && actions.stream().anyMatch(one -> isAction(one, question)) != notActions
        && resources.stream().anyMatch(one -> isResource(one, question)) != notResources
        && conditions.stream().allMatch(condition -> condition.holds(question.context()));
  }

  private static boolean isAction(Glob pattern, Question question) {
    return pattern.matches(question.action(), true, question.context());
  }

  private static boolean isResource(Glob pattern, Question question) {
    return pattern.matches(question.resource(), false, question.context());
  }
}
