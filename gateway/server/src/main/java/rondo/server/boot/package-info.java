/**
 * One node, wired.
 *
 * <ul>
 *   <li>{@link NodeProcess} makes the parts in their order, and closes them.
 *   <li>{@link NodeSettings} cut the configuration to what each part needs.
 *   <li>{@link NodeRing} is the node's part in the ring; it answers requests and coordinates.
 *   <li>{@link ClusterFormation} finds the cluster of a node with an empty folder, or makes one.
 *   <li>{@link NodeWorkers} do the cluster's work in the background.
 *   <li>{@link NodeStatus} is what the node shows of itself.
 * </ul>
 */
@NullMarked
package rondo.server.boot;

import org.jspecify.annotations.NullMarked;
