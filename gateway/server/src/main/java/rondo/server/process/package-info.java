/**
 * What starts and ends beside the protocol.
 *
 * <ul>
 *   <li>{@link PortBinding} waits until a port is bound, and says why it can't be.
 *   <li>{@link ClosingStack} closes what was opened, the newest first.
 *   <li>{@link StopSignal} ends the process well when it is told to end.
 * </ul>
 */
@NullMarked
package rondo.server.process;

import org.jspecify.annotations.NullMarked;
