/** Who holds what. */
@NullMarked
package rondo.ring.placement;

import org.jspecify.annotations.NullMarked;
