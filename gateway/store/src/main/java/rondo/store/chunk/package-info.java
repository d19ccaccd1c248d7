/**
 * The chunks of every node, near and far, and their repair.
 *
 * <ul>
 *   <li>{@link ChunkStore} is the chunks of one node.
 *   <li>{@link ChunkException} says why a node refuses, or that it can't be reached.
 *   <li>{@link ChunkNodes} knows the chunks of every node, and suspects nodes that were silent.
 *   <li>{@link LocalChunks} are those on the own disks.
 *   <li>{@link LayoutEpochs} hold transfers to the layout that they were meant for.
 *   <li>{@link RemoteChunks} are those of another node.
 *   <li>{@link RemoteUpload} sends a chunk there.
 *   <li>{@link RemoteDownload} brings a chunk from there.
 *   <li>{@link BulkRequest} is a request on a bulk connection; its byte grammar is at its head.
 *   <li>{@link BulkSocket} is a bulk connection, read and written by one blocking thread.
 *   <li>{@link BulkPool} keeps the open connections to one node.
 *   <li>{@link ChunkServer} answers the bulk requests of other nodes.
 *   <li>{@link ChunkReceiver} takes in one chunk.
 *   <li>{@link ChunkMover} copies chunks when the layout changes.
 *   <li>{@link ChunkRepair} copies the chunks that this node missed.
 *   <li>{@link ChunkCopier} copies chunks here that rows name.
 *   <li>{@link MissingChunk} is a chunk that this node should have and hasn't.
 *   <li>{@link ChunkStatus} tells how many are missing.
 * </ul>
 */
@NullMarked
package rondo.store.chunk;

import org.jspecify.annotations.NullMarked;
