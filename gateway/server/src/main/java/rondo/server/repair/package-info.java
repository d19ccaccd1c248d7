/**
 * The repair of a node's copies.
 *
 * <ul>
 *   <li>{@link NodeRepair} runs the repairs in the background.
 *   <li>{@link RepairReport} reports under-replicated data, and the time remaining.
 *   <li>{@link RepairReasons} collects the reasons why copies aren't whole.
 *   <li>{@link PauseDetector} notices that the process stood still.
 *   <li>{@link NodeLostRanges} shows the ranges of metadata that damage took.
 *   <li>{@link ClusterRepair} asks all nodes for their under-replicated data.
 *   <li>{@link RepairBounds}: the bounds of the repairs.
 * </ul>
 */
@NullMarked
package rondo.server.repair;

import org.jspecify.annotations.NullMarked;
