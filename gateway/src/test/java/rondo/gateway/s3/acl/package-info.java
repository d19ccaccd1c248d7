/** Tests. */
@NullMarked
package rondo.gateway.s3.acl;

import org.jspecify.annotations.NullMarked;
