package rondo.ring.rebuild;

/**
 * How a node gets back what it has forgotten.
 *
 * @param ranges of keys for which it answers nobody now
 * @param doing what is done about it, for people; empty without ranges
 * @param alone whether nobody else holds some of them: they don't come back from other replicas
 * @param refilled ranges that are whole again, since the start
 * @param taken registers that others told for that, since the start
 */
public record RebuildStatus(int ranges, String doing, boolean alone, long refilled, long taken) {}
