/**
 * Collects chunks that no row names: what vanished clients and crashed coordinators leave behind.
 * {@link OrphanWalk} goes through a node's chunks at the pace of {@link OrphanSettings}, asks
 * {@link BlobNames} for the {@code Evidence} that the {@link OwnerRows} give, a {@link Naming}
 * each, and leaves to it whether the chunk goes.
 */
@NullMarked
package rondo.storage.orphan;

import org.jspecify.annotations.NullMarked;
