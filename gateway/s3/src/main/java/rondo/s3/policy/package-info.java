/**
 * The language of policies (IAM JSON), without any knowledge of S3's requests.
 *
 * <ul>
 *   <li>{@link PolicyReader} reads a policy's document.
 *   <li>{@link PrincipalReader} reads the principals of a statement.
 *   <li>{@link ConditionReader} reads the conditions of a statement.
 *   <li>{@link PolicyException} says why a document is no policy.
 *   <li>{@link Policy} has the statements that allow and deny.
 *   <li>{@link PolicyStatement} is one statement.
 *   <li>{@link PrincipalSet} is the set of principals that a statement applies to.
 *   <li>{@link Principal} is one of them: everyone, an account, a user or a service.
 *   <li>{@link Glob} is text with wildcards and variables.
 *   <li>{@link GlobMatcher} matches it in linear time.
 *   <li>{@link PolicyCondition} is a condition of a statement.
 *   <li>{@link ConditionKeys} knows S3's condition keys.
 *   <li>{@link ConditionOperator} compares a request's values with a condition's.
 *   <li>{@link Comparisons} has the comparisons of operators.
 *   <li>{@link NetworkRange} parses IP addresses and networks.
 *   <li>{@link PolicyQuestion} asks a policy about a requester, an action and a resource.
 *   <li>{@link Requester} is the sender of a request, as policies see it.
 *   <li>{@link PolicyContext} has the values of condition keys in one request.
 *   <li>{@link PublicPolicy} decides whether a policy is public.
 * </ul>
 */
@NullMarked
package rondo.s3.policy;

import org.jspecify.annotations.NullMarked;
