/** One key on one replica. */
@NullMarked
package rondo.ring.register;

import org.jspecify.annotations.NullMarked;
