/**
 * The language of policies (IAM JSON), without any knowledge of requests.
 *
 * <ul>
 *   <li>{@link rondo.s3.policy.Policy}: statements that allow and deny
 *   <li>{@link rondo.s3.policy.PolicyReader}: reads a policy's document
 *   <li>{@link rondo.s3.policy.PolicyException}: the document is no policy
 *   <li>{@link rondo.s3.policy.PolicyStatement}: one statement
 *   <li>{@link rondo.s3.policy.Principal}: an account, or everybody
 *   <li>{@code PrincipalReader}: reads principals
 *   <li>{@link rondo.s3.policy.PrincipalSet}: the principals that a statement is about
 *   <li>{@link rondo.s3.policy.Glob}: text with wildcards and variables
 *   <li>{@link rondo.s3.policy.PolicyCondition}: a condition of a statement
 *   <li>{@code ConditionReader}: reads conditions
 *   <li>{@link rondo.s3.policy.ConditionKeys}: the condition keys that S3 knows
 *   <li>{@link rondo.s3.policy.ConditionOperator}: compares a key's values with a condition's
 *   <li>{@code Comparisons}: the comparisons of operators
 *   <li>{@link rondo.s3.policy.NetworkRange}: addresses and networks, versions 4 and 6
 *   <li>{@link rondo.s3.policy.PolicyContext}: the values of condition keys for one request
 *   <li>{@link rondo.s3.policy.PolicyQuestion}: the action and resource that a policy is asked
 *       about
 *   <li>{@link rondo.s3.policy.Requester}: the principal that asks
 *   <li>{@link rondo.s3.policy.PublicPolicy}: decides whether a policy is public
 * </ul>
 */
@NullMarked
package rondo.s3.policy;

import org.jspecify.annotations.NullMarked;
