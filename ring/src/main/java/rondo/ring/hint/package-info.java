/**
 * Hinted handoff, and the replicas of a sloppy quorum (Dynamo, SOSP 2007, section 4.6).
 *
 * <ul>
 *   <li>{@link HintedNetwork}: notices which replica did not say that it has taken a state.
 *   <li>{@link SloppyQuorum}: takes states in the stead of their owners.
 *   <li>{@link HintedHandoff}: writes hints down, and gives them to their targets.
 *   <li>{@link Hint}: a state that a replica may have missed.
 *   <li>{@link HintStore}: where a node keeps its hints.
 *   <li>{@link HintStatus}: what became of hints.
 * </ul>
 */
@NullMarked
package rondo.ring.hint;

import org.jspecify.annotations.NullMarked;
