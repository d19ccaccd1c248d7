/**
 * The background work on one folder of extents.
 *
 * <ul>
 *   <li>{@link Compaction} frees the space of dropped chunks.
 *   <li>{@link ChunkMove} is the move of a chunk that compaction has copied.
 *   <li>{@link Scrub} reads everything again, to find damage.
 *   <li>{@link ScrubState} is the progress of a scrub.
 * </ul>
 */
@NullMarked
package rondo.storage.extent.upkeep;

import org.jspecify.annotations.NullMarked;
