package rondo.server.admin;

/** What operators can do to a node and its cluster, beyond looking at it. */
public record OperatorActions(
    NodeStop stop,
    NodeOrders nodes,
    DiskApi disks,
    BucketGrants grants,
    TokenApi tokens,
    BackupApi backups) {}
