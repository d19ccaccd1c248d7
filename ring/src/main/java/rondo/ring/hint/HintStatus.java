package rondo.ring.hint;

/**
 * Counts of hints since the node started.
 *
 * @param waiting hints that wait for their targets to return
 * @param stored hints that were stored
 * @param replayed hints that their targets took
 * @param dropped hints that were left to anti-entropy: too many, too old, or for nodes that are no
 *     longer replicas
 */
public record HintStatus(long waiting, long stored, long replayed, long dropped) {}
