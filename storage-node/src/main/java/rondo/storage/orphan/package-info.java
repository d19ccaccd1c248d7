/**
 * The orphan collector: drops chunks that no row names, left behind by clients that vanished and
 * coordinators that crashed.
 *
 * <ul>
 *   <li>{@link OrphanWalk} walks through a node's chunks and drops the orphans.
 *   <li>{@link OrphanSettings} is the pace of the walk.
 *   <li>{@link BlobNames} finds out whether any row names a blob.
 *   <li>{@link OwnerRows} reads these rows.
 *   <li>{@link BlobReference} says whether a row names a blob.
 *   <li>{@link OrphanEvidence} is the evidence on whether a blob is an orphan.
 * </ul>
 */
@NullMarked
package rondo.storage.orphan;

import org.jspecify.annotations.NullMarked;
