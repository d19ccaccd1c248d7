/**
 * Collects chunks that no row names: what vanished clients and crashed coordinators leave behind.
 *
 * <ul>
 *   <li>{@link OrphanWalk} goes through a node's chunks and drops the orphans.
 *   <li>{@link OrphanSettings} says how patient the walk is.
 *   <li>{@link BlobNames} finds out which rows name a blob.
 *   <li>{@link OwnerRows} reads these rows.
 *   <li>{@link BlobReference} says whether a row names a blob.
 *   <li>{@link OrphanEvidence} is what is known about a blob.
 * </ul>
 */
@NullMarked
package rondo.storage.orphan;

import org.jspecify.annotations.NullMarked;
