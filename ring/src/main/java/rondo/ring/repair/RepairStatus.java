package rondo.ring.repair;

import java.util.BitSet;

/**
 * The repair of the rows that this node shares with others.
 *
 * @param whole whether every replica of every partition held here was seen to be equal, since it
 *     was last known to differ, or since this node stood still
 * @param lacking partitions of which a replica, here or elsewhere, lacks rows
 * @param unreachable partitions of which a replica can't be asked
 * @param comparing partitions, once per peer, that differ and have yet to be compared row by row;
 *     writes under way make them differ, too
 * @param oldestNanos how long the oldest of these has been known; 0 when there is none
 * @param looks comparisons with all peers that have ended since the node started
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
