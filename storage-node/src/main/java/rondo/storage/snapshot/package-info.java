/**
 * A node's part in a backup: it says nothing about rows while a cluster-wide snapshot is taken,
 * keeps its rows of that moment, and drops no chunk that they name.
 *
 * <ul>
 *   <li>{@link RequestGate} holds back the requests on rows while the moment lasts.
 *   <li>{@link NodeSnapshots} takes, reads and gives up the node's snapshot.
 *   <li>{@link ChunkHold} keeps chunks from being dropped, for a while.
 * </ul>
 */
@NullMarked
package rondo.storage.snapshot;

import org.jspecify.annotations.NullMarked;
