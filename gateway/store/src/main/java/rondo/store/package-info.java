/**
 * S3's state, replicated. This room knows the ring, rows and disks, and nothing of S3 requests,
 * XML, ACLs or policies.
 *
 * <ul>
 *   <li>{@link Store} holds the tables and the blobs of S3's state; a node has one.
 * </ul>
 */
@NullMarked
package rondo.store;

import org.jspecify.annotations.NullMarked;
