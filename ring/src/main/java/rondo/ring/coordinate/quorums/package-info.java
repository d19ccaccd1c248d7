/**
 * Placements whose quorums differ from those of the layout.
 *
 * <ul>
 *   <li>{@link DelegatingPlacements}: answers all but the quorums from the layout.
 *   <li>{@link RaisedQuorums}: quorums of at least some size.
 *   <li>{@link SloppyQuorums}: quorums that do without silent owners.
 *   <li>{@link SuspectedNodes}: remembers the nodes that were silent a moment ago.
 * </ul>
 */
@NullMarked
package rondo.ring.coordinate.quorums;

import org.jspecify.annotations.NullMarked;
