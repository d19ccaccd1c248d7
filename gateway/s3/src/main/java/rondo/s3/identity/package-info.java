/**
 * Accounts, their access keys and their policies.
 *
 * <ul>
 *   <li>{@link Account} is an account as administrators see it.
 *   <li>{@link NewAccessKey} makes an access key and its secret.
 *   <li>{@link IdentityRegisters} has the calls of a coordinator that identities need.
 *   <li>{@link IdentityRows} reads and writes the rows of accounts and keys.
 *   <li>{@link SecretSeal} seals the secret of a row under a master key.
 *   <li>{@link SecretSealing} seals what lies in clear when a node starts.
 *   <li>{@link SealedSecrets} tells which master keys sealed secrets, and reseals them.
 *   <li>{@link FixedIdentities} reads identities from a file.
 *   <li>{@link Identities} finds the owner of an access key, with a lease of two seconds.
 *   <li>{@link IdentityAdmin} changes accounts and keys.
 *   <li>{@link UserPolicies} reads and changes the policies of accounts and keys.
 *   <li>{@link IdentityException} refuses a change, or says that its outcome is unknown.
 * </ul>
 */
@NullMarked
package rondo.s3.identity;

import org.jspecify.annotations.NullMarked;
