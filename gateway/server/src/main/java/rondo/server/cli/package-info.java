/**
 * The command line.
 *
 * <ul>
 *   <li>{@link Main} runs the command that the arguments name.
 *   <li>{@link CommandList} lists commands in a help.
 *   <li>{@link FailureWords} says in a line what went wrong.
 *   <li>{@link CompletionCommand} prints a script by which a shell completes commands.
 *   <li>{@link FishCompletion} writes the one for fish.
 *   <li>{@link ServerCommand} runs a node.
 *   <li>{@link DevCommand} runs several nodes as one cluster.
 *   <li>{@link MetricsReader} reads their metrics.
 *   <li>{@link WarmUpCommand} prepares quick starts.
 *   <li>{@link TokenCommand} makes join tokens.
 *   <li>{@link TokenOrders} makes, shows and ends those of a running cluster.
 *   <li>{@link RootKeyCommand} makes a new access key for root.
 *   <li>{@link RecoverCommand} rebuilds the chunk indexes of a stopped node.
 * </ul>
 */
@NullMarked
package rondo.server.cli;

import org.jspecify.annotations.NullMarked;
