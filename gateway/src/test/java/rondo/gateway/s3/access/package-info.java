/** Tests. */
@NullMarked
package rondo.gateway.s3.access;

import org.jspecify.annotations.NullMarked;
