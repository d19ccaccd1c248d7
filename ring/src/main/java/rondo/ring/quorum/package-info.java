/** Counting answers. */
@NullMarked
package rondo.ring.quorum;

import org.jspecify.annotations.NullMarked;
