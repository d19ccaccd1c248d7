/**
 * The order of writes. {@link Stamp} is a write's place in its key's total order; {@link
 * HybridClock} gives the times in it, each larger than all before.
 */
@NullMarked
package rondo.ring.version;

import org.jspecify.annotations.NullMarked;
