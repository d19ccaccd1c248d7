/**
 * Lists of grants. {@link Grants} says what they allow, from rows alone. {@link CannedAcl} and
 * {@link GrantReader} are where a list of grants comes from, {@link AccessControlPolicy} is its
 * document, and {@link Accounts} knows who is granted to. {@link Acls} gives a new object or bucket
 * its owner and grants; {@link Owners} names owners. {@link BucketAcl}, {@link ObjectAcl} and
 * {@link OwnershipControls} are the operations.
 */
@NullMarked
package rondo.gateway.s3.acl;

import org.jspecify.annotations.NullMarked;
