/** What the protocol needs of the world. */
@NullMarked
package rondo.ring.port;

import org.jspecify.annotations.NullMarked;
