package rondo.server.admin;

/** What operators do to a node and to other people's rights. */
public record OperatorActions(NodeStop stop, NodeOrders nodes, BucketGrants grants) {}
