/**
 * The times and the causes of writes.
 *
 * <ul>
 *   <li>{@link HybridClock}: gives the times of stamps, each larger than all before.
 *   <li>{@link DotSource}: names the writes that one node coordinates.
 *   <li>{@link Dot}: the name of one write.
 *   <li>{@link Actor}: a node in one life.
 *   <li>{@link VersionVector}: a set of writes to one key.
 *   <li>{@link DottedVersionVector}: one write and the writes that its coordinator had seen.
 * </ul>
 */
@NullMarked
package rondo.ring.version;

import org.jspecify.annotations.NullMarked;
