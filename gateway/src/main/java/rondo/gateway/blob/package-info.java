/**
 * The bytes of large objects, on their way to and from the ring. {@link BlobStore} is what the S3
 * operations see, {@link BlobWriter} one blob being written, {@link BlobSink} where one that is
 * read goes, {@link BlobUnavailableException} how either ends when too few replicas can be reached.
 * {@link BulkDialer} gives connections to other nodes.
 */
@NullMarked
package rondo.gateway.blob;

import org.jspecify.annotations.NullMarked;
