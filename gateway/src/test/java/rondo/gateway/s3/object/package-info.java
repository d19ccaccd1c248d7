/** Tests. */
@NullMarked
package rondo.gateway.s3.object;

import org.jspecify.annotations.NullMarked;
