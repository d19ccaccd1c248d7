package rondo.ring.port;

/** One node's network, virtual threads, clocks and chance. Thread-safe. */
public record NodePorts(Network network, Tasks tasks, Time time, Randomness chance) {}
