/**
 * The order of writes. {@link Stamp} is a write's place in its key's total order; {@link
 * HybridClock} gives the times in it, each larger than all before. A {@link Dotted} version vector
 * tells which writes of a key had seen which: its {@link Dot}, drawn by {@link Dots}, names the
 * write by its {@code Actor}, and a {@link VersionVector} those that it had seen.
 */
@NullMarked
package rondo.ring.version;

import org.jspecify.annotations.NullMarked;
