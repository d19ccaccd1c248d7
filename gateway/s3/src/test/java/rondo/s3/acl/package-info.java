/** Tests of ACLs. */
@NullMarked
package rondo.s3.acl;

import org.jspecify.annotations.NullMarked;
