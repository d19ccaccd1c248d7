/**
 * Authorization: an operation asks here for its bucket, then acts on the store.
 *
 * <ul>
 *   <li>{@link S3Store} joins the store with authorization, ACLs and encryption, and authorises
 *       bucket look-ups.
 *   <li>{@link AccessControl} decides whether a caller may perform an action.
 *   <li>{@link Action} names the actions that policies allow and deny.
 *   <li>{@link HeaderRights} lists the actions that a request needs for its headers.
 *   <li>{@link AccessAttempt} is an action that a request is about to perform.
 *   <li>{@link AccessCase} holds the facts that decide about an attempt.
 *   <li>{@link AccessDecision} is the decision with its reason.
 *   <li>{@link PolicyCache} keeps parsed policies of buckets.
 *   <li>{@link RequestContext} gives the values of condition keys for an attempt.
 *   <li>{@link SignatureFacts} gives those that tell of the request's signature.
 *   <li>{@link AclRight} is the ACL permission or the ownership that an action needs without a
 *       policy.
 *   <li>{@link ExpectedOwner}: the account that a request expects to own a bucket
 * </ul>
 */
@NullMarked
package rondo.s3.access;

import org.jspecify.annotations.NullMarked;
