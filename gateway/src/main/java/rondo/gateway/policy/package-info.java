/**
 * The language of policies ("IAM JSON policy element reference"), as far as S3 speaks it; pure. A
 * {@link PolicyReader} reads a {@link Policy} of {@link Statement}s, or refuses with a {@link
 * PolicyException}. A {@link Question} names a {@link Requester}, an action and a resource, and
 * what is known of the request, in a {@link Context}. A statement has {@link Principals}, each a
 * {@link Principal} that {@link PrincipalReader} read, patterns that are {@link Glob}s, and {@link
 * Condition}s, each with an {@link Operator} that compares {@link Comparisons} and a key that
 * {@link ConditionKeys} know; {@link ConditionReader} reads them. {@link Networks} know addresses,
 * {@link Publicness} says whom a policy lets in.
 */
@NullMarked
package rondo.gateway.policy;

import org.jspecify.annotations.NullMarked;
