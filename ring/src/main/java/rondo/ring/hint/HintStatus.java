package rondo.ring.hint;

/**
 * What became of hints since the node started.
 *
 * @param waiting for their targets to return
 * @param stored written down
 * @param replayed taken by their targets
 * @param dropped left to anti-entropy: too many, too old, or their targets no longer replicas
 */
public record HintStatus(long waiting, long stored, long replayed, long dropped) {}
