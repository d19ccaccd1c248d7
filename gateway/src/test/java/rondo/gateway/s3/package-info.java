/** Tests. */
@NullMarked
package rondo.gateway.s3;

import org.jspecify.annotations.NullMarked;
