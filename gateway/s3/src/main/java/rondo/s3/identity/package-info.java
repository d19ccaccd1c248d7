/**
 * Accounts, their keys and their policies.
 *
 * <ul>
 *   <li>{@link rondo.s3.identity.Account}: an account as administrators see it
 *   <li>{@link rondo.s3.identity.Identities}: finds the owner of an access key, with a cache
 *   <li>{@link rondo.s3.identity.FixedIdentities}: identities of a file
 *   <li>{@link rondo.s3.identity.IdentityAdmin}: changes accounts and keys
 *   <li>{@link rondo.s3.identity.IdentityException}: ends such a change
 *   <li>{@code IdentityRows}: the rows of accounts and keys
 *   <li>{@link rondo.s3.identity.IdentityRegisters}: the calls of a coordinator that these rows
 *       need
 *   <li>{@link rondo.s3.identity.NewAccessKey}: makes an access key and its secret
 *   <li>{@link rondo.s3.identity.UserPolicies}: the policies of accounts and keys
 * </ul>
 */
@NullMarked
package rondo.s3.identity;

import org.jspecify.annotations.NullMarked;
