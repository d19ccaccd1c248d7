package rondo.ring.repair;

/**
 * What is known of the rows that this node shares with others.
 *
 * @param whole every replica of every partition held here was seen to be equal, since it was last
 *     known not to be
 * @param differing partitions, once per peer, of which the peer or this node lacks rows
 * @param unreachable partitions, once per peer, whose replica there can't be asked
 * @param oldestNanos for how long the oldest of these is known; 0 when there is none
 * @param looks at all peers that have ended since the node started
 * @param pulled rows that this node lacked
 * @param pushed rows that others lacked
 */
public record RepairStatus(
    boolean whole,
    long differing,
    long unreachable,
    long oldestNanos,
    long looks,
    long pulled,
    long pushed) {}
