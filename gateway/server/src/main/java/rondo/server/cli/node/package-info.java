/**
 * Commands about nodes and their disks.
 *
 * <ul>
 *   <li>{@link NodeCommand} drains, removes and gives up nodes.
 *   <li>{@link ScaleCommand} has surplus nodes leave before their processes are ended.
 *   <li>{@link NumberedNodes} are nodes with numbered names, of which so many are wanted.
 *   <li>{@link MaintenanceCommand} announces that a node will be away.
 *   <li>{@link UnbanCommand} lets a name in again.
 *   <li>{@link LimitsCommand} shows and sets how fast data is copied.
 *   <li>{@link DiskCommand} shows the data folders of a node, adds further ones, and sends them
 *       away.
 *   <li>{@link RescueCommand}: goes on without nodes that are gone for good and a quorum needs.
 * </ul>
 */
@NullMarked
package rondo.server.cli.node;

import org.jspecify.annotations.NullMarked;
