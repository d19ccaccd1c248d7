/**
 * The ports through which the protocol uses clocks, threads, the network and chance; it has no
 * other way to them.
 *
 * <ul>
 *   <li>{@link NodePorts}: the ports of one node.
 *   <li>{@link Network}: carries requests to nodes and their replies back.
 *   <li>{@link Replica}: handles the requests to a node.
 *   <li>{@link Tasks}: starts virtual threads.
 *   <li>{@link Mailbox}: where a virtual thread waits.
 *   <li>{@link Time}: the clocks.
 *   <li>{@link Randomness}: chance.
 *   <li>{@link Placements}: the newest layout that a node knows, as placements of partition keys.
 * </ul>
 */
@NullMarked
package rondo.ring.port;

import org.jspecify.annotations.NullMarked;
