/** Tests of blobs on three nodes in one process ({@code BlobCluster}), over real sockets. */
@NullMarked
package rondo.store.chunk;

import org.jspecify.annotations.NullMarked;
