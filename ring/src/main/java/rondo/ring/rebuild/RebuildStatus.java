package rondo.ring.rebuild;

/**
 * The status of a node's rebuild of lost ranges.
 *
 * @param ranges the number of lost ranges, for whose keys the node refuses requests now
 * @param step the present activity, for people; empty without ranges
 * @param unrecoverable whether no other replica holds some of them, so that they can't be rebuilt
 * @param rebuilt the number of ranges that were rebuilt since the start
 * @param registers the number of registers that were taken over from others since the start
 */
public record RebuildStatus(
    int ranges, String step, boolean unrecoverable, long rebuilt, long registers) {}
