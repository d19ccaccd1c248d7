/**
 * The background work on one folder of extents.
 *
 * <ul>
 *   <li>{@link Compaction} frees the space of dropped chunks.
 *   <li>{@link ChunkMove} is the move of a chunk that compaction has copied.
 *   <li>{@link FolderDrain} empties a folder that leaves its store.
 *   <li>{@link FolderMove} is the move of a chunk into another folder.
 *   <li>{@link RecordCopier} copies a chunk from record to record.
 *   <li>{@link Scrub} reads everything again, to find damage.
 *   <li>{@link ScrubState} is the progress of a scrub.
 * </ul>
 */
@NullMarked
package rondo.storage.extent.upkeep;

import org.jspecify.annotations.NullMarked;
