package rondo.server.admin;

import rondo.server.audit.AuditApi;

/**
 * What operators do to nodes and disks, to the rights of users, and to join tokens, and what they
 * read in audit logs.
 */
public record OperatorActions(
    NodeStop stop,
    NodeOrders nodes,
    DiskApi disks,
    BucketGrants grants,
    TokenApi tokens,
    AuditApi audit) {}
