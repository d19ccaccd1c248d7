/**
 * Who may do what. An operation makes an {@link Attempt} at an {@link Action}, whose {@link Right}
 * says which grant of an ACL allows it; {@link Access} decides.
 */
@NullMarked
package rondo.gateway.s3.access;

import org.jspecify.annotations.NullMarked;
