/**
 * What the protocol needs of the world. {@link Tasks} are virtual threads and {@link Mailbox} is
 * where they wait; {@link Network} carries requests to a {@link Replica}, what a node does with
 * them; {@link Placements} says which nodes those are; {@link Time} and {@link Randomness} are the
 * only clocks and chance.
 */
@NullMarked
package rondo.ring.port;

import org.jspecify.annotations.NullMarked;
