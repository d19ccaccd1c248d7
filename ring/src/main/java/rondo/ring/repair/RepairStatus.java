package rondo.ring.repair;

import java.util.BitSet;

/**
 * What is known of the rows that this node shares with others.
 *
 * @param whole every replica of every partition held here was seen to be equal, since it was last
 *     known not to be
 * @param lacking partitions of which a replica, here or elsewhere, lacks rows
 * @param unreachable partitions of which a replica can't be asked
 * @param comparing partitions, once per peer, that differ and have yet to be looked through: what
 *     is just being written makes them differ too
 * @param oldestNanos for how long the oldest of these is known; 0 when there is none
 * @param looks at all peers that have ended since the node started
 * @param pulled rows that this node lacked
 * @param pushed rows that others lacked
 */
public record RepairStatus(
    boolean whole,
    BitSet lacking,
    BitSet unreachable,
    long comparing,
    long oldestNanos,
    long looks,
    long pulled,
    long pushed) {}
