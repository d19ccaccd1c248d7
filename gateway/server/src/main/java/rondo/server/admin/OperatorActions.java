package rondo.server.admin;

/** What operators do to nodes and disks, to the rights of users, and to join tokens. */
public record OperatorActions(
    NodeStop stop, NodeOrders nodes, DiskApi disks, BucketGrants grants, TokenApi tokens) {}
