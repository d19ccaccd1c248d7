/**
 * The command line.
 *
 * <ul>
 *   <li>{@link Main} reads it.
 *   <li>{@link ServerCommand} runs a node.
 *   <li>{@link DevCommand} runs several as one cluster.
 *   <li>{@link MetricsReader} watches them.
 *   <li>{@link WarmUpCommand} prepares quick starts.
 *   <li>{@link RecoverCommand} mends the chunks of a stopped node.
 * </ul>
 */
@NullMarked
package rondo.server.cli;

import org.jspecify.annotations.NullMarked;
