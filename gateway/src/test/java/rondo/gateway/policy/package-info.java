/** Tests. */
@NullMarked
package rondo.gateway.policy;

import org.jspecify.annotations.NullMarked;
