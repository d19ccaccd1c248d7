package rondo.ring.port;

/** All that one node has of the world outside. Thread-safe. */
public record NodePorts(Network network, Tasks tasks, Time time, Randomness chance) {}
