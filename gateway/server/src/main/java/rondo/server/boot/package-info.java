/**
 * One node, wired.
 *
 * <ul>
 *   <li>{@link NodeProcess} makes the parts in their order, and closes them.
 *   <li>{@link NodeSettings} cuts the configuration to the settings of each part.
 *   <li>{@link NodeRing} is the node's part in the ring: it answers requests and coordinates.
 *   <li>{@link RunningCopy} keeps two processes from serving copies of one folder.
 *   <li>{@link ClusterFormation} finds the cluster of a node with an empty folder, or makes one.
 *   <li>{@link NodeWorkers} runs the cluster's background work.
 *   <li>{@link NodeRecords} is what the node writes down of its requests.
 *   <li>{@link NodeRows} has the node's rows and their snapshots.
 *   <li>{@link SnapshotUpkeep} ends snapshots that have no reader, and makes deferred drops.
 *   <li>{@link NodeOperators} makes what operators can do to the node.
 *   <li>{@link NodeStatus} shows the node's state.
 *   <li>{@link NodeJobs} gathers its long work.
 *   <li>{@link NodeStates} says in one word how it stands with each node.
 *   <li>{@link LayoutView} shows a layout and its nodes.
 *   <li>{@link NodeHealth} answers the questions about the node's health.
 *   <li>{@link OperatorPorts} serves the admin API, health and the console.
 *   <li>{@link NodeTraffic} keeps the traffic of S3, of nodes and of operators apart.
 * </ul>
 */
@NullMarked
package rondo.server.boot;

import org.jspecify.annotations.NullMarked;
