/**
 * Buckets, objects and uploads over the real coordinator: {@link rondo.gateway.store.Cluster} is
 * three replicas in memory, {@link rondo.gateway.store.MemoryBlobs} the blobs that are alive.
 */
@NullMarked
package rondo.gateway.store;

import org.jspecify.annotations.NullMarked;
