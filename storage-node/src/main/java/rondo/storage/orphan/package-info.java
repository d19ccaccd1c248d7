/**
 * Collects chunks that no row names: what vanished clients and crashed coordinators leave behind.
 * {@link OrphanWalk} goes through a node's chunks at the pace of {@link OrphanSettings}, finds in
 * {@link OwnerRows} the {@code Evidence} about each, and leaves to it whether the chunk goes.
 */
@NullMarked
package rondo.storage.orphan;

import org.jspecify.annotations.NullMarked;
