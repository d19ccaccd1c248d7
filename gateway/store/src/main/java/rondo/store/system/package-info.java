/**
 * The world outside the simulator.
 *
 * <ul>
 *   <li>{@link SystemPorts} provides the machine's clocks, random numbers and virtual threads.
 *   <li>{@link RunningTasks} waits for the end of tasks.
 * </ul>
 */
@NullMarked
package rondo.store.system;

import org.jspecify.annotations.NullMarked;
