/**
 * Blobs: the bytes of large objects, cut into chunks, written and read by quorums.
 *
 * <ul>
 *   <li>{@link BlobStore} is all blobs, as the store's callers see them.
 *   <li>{@link BlobWriter} is one blob being written.
 *   <li>{@link BlobSink} takes the bytes of a read.
 *   <li>{@link BlobUnavailableException} ends either when too few replicas can be reached.
 *   <li>{@link RingBlobs} is the store on the ring.
 *   <li>{@link RingBlobWriter} cuts a blob into chunks.
 *   <li>{@link ChunkFan} sends one chunk to all of its replicas.
 *   <li>{@link ReplicaStream} sends one chunk to one replica.
 *   <li>{@link ChunkRange} is a part of one chunk.
 *   <li>{@link ChunkRanges} are the parts that a read needs, in order.
 *   <li>{@link ChunkFetch} brings one of them.
 *   <li>{@link ChunkReleaser} drops the chunks of blobs that no row names any more.
 * </ul>
 */
@NullMarked
package rondo.store.blob;

import org.jspecify.annotations.NullMarked;
