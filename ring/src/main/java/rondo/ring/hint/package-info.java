/**
 * Hinted handoff and sloppy quorums (Dynamo, SOSP 2007, section 4.6).
 *
 * <ul>
 *   <li>{@link HintedNetwork}: notices the replicas that did not confirm a state.
 *   <li>{@link SloppyQuorum}: takes states in place of their owners.
 *   <li>{@link HintedHandoff}: stores hints, and sends them to their targets.
 *   <li>{@link Hint}: a state that a replica may have missed.
 *   <li>{@link HintStore}: keeps a node's hints.
 *   <li>{@link HintStatus}: counts of hints.
 * </ul>
 */
@NullMarked
package rondo.ring.hint;

import org.jspecify.annotations.NullMarked;
