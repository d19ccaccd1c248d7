/**
 * Counting answers. {@link Tally} counts who said yes and no in every set that is asked; {@link
 * Outcome} is how an operation ends: reached, refused (certainly not done) or unknown.
 */
@NullMarked
package rondo.ring.quorum;

import org.jspecify.annotations.NullMarked;
