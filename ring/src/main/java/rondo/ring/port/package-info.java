/**
 * What the protocol needs of the world outside; there are no other clocks, threads, networks and
 * chance.
 *
 * <ul>
 *   <li>{@link NodePorts}: the ports of one node.
 *   <li>{@link Network}: carries requests to nodes and their replies back.
 *   <li>{@link Replica}: what a node does with a request.
 *   <li>{@link Tasks}: virtual threads.
 *   <li>{@link Mailbox}: where a virtual thread waits.
 *   <li>{@link Time}: the clocks.
 *   <li>{@link Randomness}: chance.
 *   <li>{@link Placements}: the newest layout that a node knows, as placements of partition keys.
 * </ul>
 */
@NullMarked
package rondo.ring.port;

import org.jspecify.annotations.NullMarked;
