/** Tests. */
@NullMarked
package rondo.gateway.s3.policy;

import org.jspecify.annotations.NullMarked;
