package rondo.server.admin;

import rondo.server.rescue.RescueDesk;

/**
 * What operators do to nodes and disks, to the rights of users, to join tokens, and at the worst.
 */
public record OperatorActions(
    NodeStop stop,
    NodeOrders nodes,
    DiskApi disks,
    BucketGrants grants,
    TokenApi tokens,
    RescueDesk rescue) {}
