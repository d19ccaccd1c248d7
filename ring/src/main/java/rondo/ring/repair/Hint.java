package rondo.ring.repair;

import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/**
 * A state that a replica may have missed.
 *
 * @param atMicros when it was noted, by this node's clock: a place in its target's order
 */
public record Hint(long atMicros, Key key, Versioned state) {}
