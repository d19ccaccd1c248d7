/**
 * A node as others see it.
 *
 * <ul>
 *   <li>{@link RequestDispatcher}: answers every request, by the family that it belongs to.
 *   <li>{@link EpochFence}: holds requests on rows to the epoch that they name.
 *   <li>{@link StateIntake}: takes part when a coordinator sends a state.
 * </ul>
 */
@NullMarked
package rondo.ring.node;

import org.jspecify.annotations.NullMarked;
