/**
 * Buckets, objects and uploads over the real coordinator: {@link rondo.store.StoreCluster} is three
 * replicas in memory, {@link rondo.store.MemoryBlobs} the blobs that are alive.
 */
@NullMarked
package rondo.store.object;

import org.jspecify.annotations.NullMarked;
