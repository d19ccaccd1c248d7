/**
 * The world outside the simulator.
 *
 * <ul>
 *   <li>{@link SystemPorts} are the clocks, the chance and the virtual threads of the machine.
 *   <li>{@link RunningTasks} are tasks whose end can be waited for.
 * </ul>
 */
@NullMarked
package rondo.store.system;

import org.jspecify.annotations.NullMarked;
