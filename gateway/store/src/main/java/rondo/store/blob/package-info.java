/**
 * Blobs: the bytes of large objects, cut into chunks that quorums write and read.
 *
 * <ul>
 *   <li>{@link BlobStore} holds all blobs, as the store's callers see them.
 *   <li>{@link BlobWriter} writes one blob.
 *   <li>{@link BlobSink} takes the bytes of a read.
 *   <li>{@link StorageFullException} ends a write for which too few nodes have room.
 *   <li>{@link BlobUnavailableException} ends a write or a read that reaches too few replicas.
 *   <li>{@link RingBlobs} keeps the blobs on the nodes of the ring.
 *   <li>{@link RingBlobWriter} cuts a blob into chunks.
 *   <li>{@link ChunkFan} sends one chunk to all of its replicas.
 *   <li>{@link ReplicaStream} sends one chunk to one replica.
 *   <li>{@link ChunkRange} is a range of bytes of one chunk.
 *   <li>{@link ChunkRanges} lists the ranges that a read needs, in order.
 *   <li>{@link ChunkFetch} reads one range, hedged over the chunk's replicas.
 *   <li>{@link ChunkReleaser} drops the chunks of blobs that no row names any more.
 * </ul>
 */
@NullMarked
package rondo.store.blob;

import org.jspecify.annotations.NullMarked;
