/**
 * The table of a node's settings, which also prints the help.
 *
 * <ul>
 *   <li>{@link ServerOptions} are all of them.
 *   <li>{@link EndpointOptions} say where the node listens.
 *   <li>{@link JoinOptions} say how it finds its cluster.
 *   <li>{@link MemberOptions} say what it is to its cluster.
 *   <li>{@link QuorumOptions} say how many copies a new cluster keeps.
 *   <li>{@link DiskOptions} say what keeps disks busy beside clients.
 *   <li>{@link KeyOptions} say where keys come from.
 *   <li>{@link OptionDefaults} takes values that no flag gives from the environment and a file.
 *   <li>{@link ExitStatus} is how the process ends.
 * </ul>
 */
@NullMarked
package rondo.server.cli.option;

import org.jspecify.annotations.NullMarked;
