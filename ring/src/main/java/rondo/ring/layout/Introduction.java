package rondo.ring.layout;

import rondo.ring.placement.Node;

/**
 * What a node tells of itself when it asks to join, or to be described anew.
 *
 * @param release the node's {@link Feature#RELEASE}; 0 from a program that names none
 * @param token the id of the join token that has signed the node's certificate; empty without one
 */
public record Introduction(Node node, int release, String token) {}
