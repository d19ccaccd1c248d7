/**
 * The table of a node's settings, which also prints the help.
 *
 * <ul>
 *   <li>{@link ServerOptions} holds all settings.
 *   <li>{@link EndpointOptions} says where the node listens.
 *   <li>{@link JoinOptions} says how the node finds its cluster.
 *   <li>{@link MemberOptions} describes the node as a member of its cluster.
 *   <li>{@link HealthOptions} says when the node counts as ready.
 *   <li>{@link QuorumOptions} says how many copies a new cluster keeps.
 *   <li>{@link DiskOptions} sets the disks' background work.
 *   <li>{@link KeyOptions} says where the keys of server-side encryption come from.
 *   <li>{@link ConfigFile} reads the file and refuses settings that there aren't.
 *   <li>{@link OptionDefaults} takes values without a flag from the environment and a file.
 *   <li>{@link ExitStatus} holds the process' exit codes.
 *   <li>{@link MetricOptions} says what metrics tell.
 *   <li>{@link RecordOptions} says what is written down of requests.
 * </ul>
 */
@NullMarked
package rondo.server.cli.option;

import org.jspecify.annotations.NullMarked;
