/**
 * S3's state, replicated: it knows ring, rows and disks, and nothing of S3 requests, XML, ACLs or
 * policies.
 *
 * <ul>
 *   <li>{@link Store} has all of it; a node has one.
 * </ul>
 */
@NullMarked
package rondo.store;

import org.jspecify.annotations.NullMarked;
