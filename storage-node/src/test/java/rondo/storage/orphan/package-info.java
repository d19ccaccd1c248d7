/** Tests of what makes a chunk an orphan, and of the walk. */
@NullMarked
package rondo.storage.orphan;

import org.jspecify.annotations.NullMarked;
