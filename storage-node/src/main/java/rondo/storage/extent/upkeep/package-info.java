/**
 * What is done to one folder of extents in the background.
 *
 * <ul>
 *   <li>{@link Compaction} gives back the space of dropped chunks.
 *   <li>{@link ChunkMove} moves one chunk that compaction has copied.
 *   <li>{@link Scrub} reads everything again, to find what has rotted.
 *   <li>{@link ScrubState} remembers how far the scrub has come.
 * </ul>
 */
@NullMarked
package rondo.storage.extent.upkeep;

import org.jspecify.annotations.NullMarked;
