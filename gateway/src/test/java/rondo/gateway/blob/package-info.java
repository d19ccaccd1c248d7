/** Tests of blobs on three nodes in one process ({@code BlobCluster}), over real sockets. */
@NullMarked
package rondo.gateway.blob;

import org.jspecify.annotations.NullMarked;
