/**
 * What brings a node's copies up to date.
 *
 * <ul>
 *   <li>{@link NodeRepair} runs it in the background.
 *   <li>{@link RepairReport} tells what copies lack, and how long it will take.
 *   <li>{@link NodeLostRanges} tells what damage to the metadata took.
 *   <li>{@link ClusterRepair} asks all nodes for what is not on all of its replicas.
 * </ul>
 */
@NullMarked
package rondo.server.repair;

import org.jspecify.annotations.NullMarked;
