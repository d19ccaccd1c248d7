/**
 * Computes assignments of partitions to nodes.
 *
 * <ul>
 *   <li>{@link Balancer}: distinct zones first, then loads in proportion to capacity, then few
 *       moves.
 *   <li>{@link PartitionQuotas}: how many partitions each node should hold.
 *   <li>{@link AssignmentDraft}: an assignment under construction.
 *   <li>{@link MoveChains}: finds chains of moves where no single move helps.
 * </ul>
 */
@NullMarked
package rondo.ring.balance;

import org.jspecify.annotations.NullMarked;
