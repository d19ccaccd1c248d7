/** What nodes say to each other. */
@NullMarked
package rondo.ring.message;

import org.jspecify.annotations.NullMarked;
