/** What a coordinator does. */
@NullMarked
package rondo.ring.coordinate;

import org.jspecify.annotations.NullMarked;
