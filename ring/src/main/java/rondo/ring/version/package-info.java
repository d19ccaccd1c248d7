/**
 * The time of a write, and the writes that its coordinator had seen: a hybrid logical clock and
 * dotted version vectors.
 *
 * <ul>
 *   <li>{@link HybridClock}: gives the times of stamps, each larger than all earlier ones.
 *   <li>{@link ClockJudge}: tells whether this node's wall clock is near those of its peers.
 *   <li>{@link DotSource}: names the writes that one node coordinates.
 *   <li>{@link Dot}: the name of one write.
 *   <li>{@link Actor}: a node during one life of its memory.
 *   <li>{@link VersionVector}: a set of writes to one key.
 *   <li>{@link DottedVersionVector}: one write and the writes that its coordinator had seen.
 * </ul>
 */
@NullMarked
package rondo.ring.version;

import org.jspecify.annotations.NullMarked;
