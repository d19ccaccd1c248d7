/** The order of writes. */
@NullMarked
package rondo.ring.version;

import org.jspecify.annotations.NullMarked;
