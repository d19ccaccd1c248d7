/** Tests of the evidence that makes a chunk an orphan, and of the orphan walk. */
@NullMarked
package rondo.storage.orphan;

import org.jspecify.annotations.NullMarked;
