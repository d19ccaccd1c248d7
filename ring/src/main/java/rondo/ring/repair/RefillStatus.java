package rondo.ring.repair;

/**
 * How a node gets back what it has forgotten.
 *
 * @param ranges of keys for which it answers nobody now
 * @param doing what is done about it, for people; empty without ranges
 * @param refilled ranges that are whole again, since the start
 * @param taken registers that others told for that
 */
public record RefillStatus(int ranges, String doing, long refilled, long taken) {}
