/**
 * What the parts of a node count beside their work; the server shows it as metrics.
 *
 * <ul>
 *   <li>{@link DurationCounts}: a histogram of durations.
 * </ul>
 */
@NullMarked
package rondo.ring.measure;

import org.jspecify.annotations.NullMarked;
