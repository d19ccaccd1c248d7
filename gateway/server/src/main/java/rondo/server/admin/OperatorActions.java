package rondo.server.admin;

/** What operators do to a node, to the rights of users, and to join tokens. */
public record OperatorActions(
    NodeStop stop, NodeOrders nodes, BucketGrants grants, TokenApi tokens) {}
