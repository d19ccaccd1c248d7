/**
 * The bytes of large objects, on their way to and from the ring.
 *
 * <p>{@link BlobStore} is what the S3 operations see, {@link BlobWriter} one blob being written,
 * {@link BlobSink} where one that is read goes, {@link BlobUnavailableException} how either ends
 * when too few replicas can be reached. {@link RingBlobs} is the store on the ring. Its {@code
 * RingBlobWriter} cuts a blob into chunks; a {@code ChunkFan} sends one chunk to all of its
 * replicas, each through a {@code ReplicaStream}. A read asks for {@code ChunkRanges}, of one
 * {@code ChunkRange} after another, each brought by a {@code ChunkFetch}. {@code Releaser} drops
 * what no row names any more.
 *
 * <p>{@link Chunks} are the chunks of one node, {@link ChunkException} why it refuses. {@link
 * ChunkNodes} knows those of every node: {@link LocalChunks} on the own disks, {@code RemoteChunks}
 * ({@code RemoteUpload}, {@code RemoteDownload}) over {@code BulkSocket}s from a {@code BulkPool},
 * which {@link BulkDialer} opens. {@link ChunkServer} answers each {@code BulkRequest} of others;
 * {@code PutReceiver} takes in a chunk. {@link MovedChunks} copies them when the layout changes, to
 * whose {@link Epochs} they are held, {@link ChunkRepair} those that this node missed, by a {@code
 * ChunkCopier}; {@link ChunkStatus} tells how much is missing, a {@link MissingChunk} which.
 */
@NullMarked
package rondo.gateway.blob;

import org.jspecify.annotations.NullMarked;
