package rondo.server.boot;

import rondo.storage.node.NodeReplica;
import rondo.storage.snapshot.NodeSnapshots;

/** A node's rows, and the snapshots that backups take of them. */
record NodeRows(NodeReplica replica, NodeSnapshots snapshots) {}
