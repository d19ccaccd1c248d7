/**
 * Buckets, objects and uploads over the real coordinator. {@link rondo.store.StoreCluster} has
 * three replicas in memory; {@link rondo.store.MemoryBlobs} records which blobs are released.
 */
@NullMarked
package rondo.store.object;

import org.jspecify.annotations.NullMarked;
