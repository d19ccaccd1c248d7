package rondo.ring.layout;

import rondo.ring.placement.Node;

/**
 * What a node tells of itself when it asks to join, or to be described anew.
 *
 * @param release the node's {@link Feature#RELEASE}; 0 from a program that names none
 */
public record Introduction(Node node, int release) {}
