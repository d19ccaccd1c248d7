/**
 * A node's answers to requests.
 *
 * <ul>
 *   <li>{@link RequestDispatcher}: answers every request, by the family that it belongs to.
 *   <li>{@link EpochFence}: holds requests on rows to the epoch that they name.
 *   <li>{@link RescueRegister}: the register in which the nodes that are left agree on a rescue.
 *   <li>{@link StateIntake}: acts beside the replica when a coordinator sends a state.
 * </ul>
 */
@NullMarked
package rondo.ring.node;

import org.jspecify.annotations.NullMarked;
