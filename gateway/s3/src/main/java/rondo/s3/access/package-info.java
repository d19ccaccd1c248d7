/**
 * Authorization: an operation asks here for its bucket, then acts on the store.
 *
 * <ul>
 *   <li>{@link rondo.s3.access.S3Store}: the store with what S3 judges on the way to it
 *   <li>{@link rondo.s3.access.ExpectedOwner}: the account that a request expects to own a bucket
 *   <li>{@link rondo.s3.access.AccessControl}: decides what a caller may do
 *   <li>{@link rondo.s3.access.Action}: the actions that policies allow and deny
 *   <li>{@link rondo.s3.access.AccessAttempt}: an action that a request is about to do
 *   <li>{@code AccessCase}: the facts that decide about an attempt
 *   <li>{@link rondo.s3.access.AccessDecision}: the decision and its reason
 *   <li>{@code PolicyCache}: parsed policies of buckets
 *   <li>{@code RequestContext}: the values of condition keys for an attempt
 *   <li>{@code AclRight}: the permission of an ACL that an action needs
 *   <li>{@code SignatureFacts}: the signature of a request in the words of condition keys
 * </ul>
 */
@NullMarked
package rondo.s3.access;

import org.jspecify.annotations.NullMarked;
