/**
 * Accounts and their keys. {@link Identities} finds who owns a key, reading the cluster's tables
 * ({@link IdentityRows}) through {@link Registers}; {@link IdentityAdmin} changes them, shows each
 * {@link Account}, makes each {@link NewKey}, and refuses by {@link IdentityException}; {@link
 * UserPolicies} changes what keys may do. {@link FixedIdentities} reads identities from a file.
 */
@NullMarked
package rondo.gateway.identity;

import org.jspecify.annotations.NullMarked;
