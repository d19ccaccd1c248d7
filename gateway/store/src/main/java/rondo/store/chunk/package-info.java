/**
 * The chunks of every node, local and remote, and their repair.
 *
 * <ul>
 *   <li>{@link ChunkStore} holds the chunks of one node.
 *   <li>{@link ChunkException} says why a node refuses, or that it can't be reached.
 *   <li>{@link ChunkNodes} finds the chunks of every node, and suspects nodes that were silent.
 *   <li>{@link LocalChunks} holds the chunks of this node's own disks.
 *   <li>{@link LayoutEpochs} binds transfers to the layout that they were meant for.
 *   <li>{@link RemoteChunks} holds the chunks of another node, over bulk connections.
 *   <li>{@link RemoteUpload} sends a chunk to another node.
 *   <li>{@link RemoteDownload} reads a chunk of another node.
 *   <li>{@link BulkRequest} is a request on a bulk connection; its byte grammar is at its head.
 *   <li>{@link BulkSocket} reads and writes a bulk connection with blocking calls.
 *   <li>{@link BulkPool} keeps the open connections to one node.
 *   <li>{@link ChunkServer} answers the bulk requests of other nodes.
 *   <li>{@link ChunkReceiver} takes in one chunk.
 *   <li>{@link ChunkMover} copies chunks when the layout changes.
 *   <li>{@link ChunkRepair} copies the chunks that this node missed.
 *   <li>{@link ChunkCopier} copies a chunk here if a row names its blob.
 *   <li>{@link MissingChunk} is a chunk that this node should hold and lacks.
 *   <li>{@link ChunkStatus} counts the missing chunks.
 * </ul>
 */
@NullMarked
package rondo.store.chunk;

import org.jspecify.annotations.NullMarked;
