/**
 * Commands that show how a cluster is.
 *
 * <ul>
 *   <li>{@link StatusCommand} shows a node and its cluster on one screen.
 *   <li>{@link StatusScreen} draws that.
 *   <li>{@link NextSteps} says what to do about each reason of health.
 *   <li>{@link Drawn} writes sizes, times and bars.
 *   <li>{@link RingCommand} draws the ring.
 *   <li>{@link Watch} shows something again and again.
 *   <li>{@link HealthCommand} answers the four questions.
 *   <li>{@link MissingCommand} names missing chunks.
 *   <li>{@link LossesCommand} shows lost ranges, and accepts their loss.
 *   <li>{@link JobsCommand} shows the long work of a node.
 *   <li>{@link TraceCommand} shows requests as they end.
 *   <li>{@link ScrubCommand} scrubs the disks.
 * </ul>
 */
@NullMarked
package rondo.server.cli.view;

import org.jspecify.annotations.NullMarked;
