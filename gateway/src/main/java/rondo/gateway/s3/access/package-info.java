/**
 * Who may do what. An operation makes an {@link Attempt} at an {@link Action}, whose {@link Right}
 * says which grant of an ACL allows it. {@link Access} gathers the {@link Case}: what ACLs say, the
 * bucket's policy from {@link Policies}, the caller's own, and a {@link RequestContext} (with
 * {@link SignatureFacts}) for their conditions; a {@link Decision} is what follows from it. An
 * {@link S3Store} is the store behind all that.
 */
@NullMarked
package rondo.gateway.s3.access;

import org.jspecify.annotations.NullMarked;
