/**
 * Starting and ending a process, apart from the protocol.
 *
 * <ul>
 *   <li>{@link PortBinding} waits until a port is bound, and explains a failure.
 *   <li>{@link ClosingStack} closes the parts that were opened, the newest first.
 *   <li>{@link CreationMask} keeps other users from the files that the process makes.
 *   <li>{@link StopSignal} ends the process in order when a signal arrives.
 *   <li>{@link LoopHeartbeats} notices an event loop that stands still.
 * </ul>
 */
@NullMarked
package rondo.server.process;

import org.jspecify.annotations.NullMarked;
