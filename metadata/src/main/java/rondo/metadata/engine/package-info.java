/** Where a node remembers rows. */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
