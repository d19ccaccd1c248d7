/**
 * Checkpoints: immutable, sorted tables of slots on disk.
 *
 * <ul>
 *   <li>{@link CheckpointWriter} writes a checkpoint.
 *   <li>{@link KeyFilter} says which keys a checkpoint may hold: a Bloom filter.
 *   <li>{@link CheckpointSum} has the lengths and checksums of a checkpoint's other files.
 *   <li>{@link CheckpointParts} has the files of a checkpoint open.
 *   <li>{@link LargeValues} reads the values that are kept apart from the table.
 *   <li>{@link Checkpoint} reads a checkpoint while it is held, and deletes its files in the end.
 *   <li>{@link CheckpointWalk} walks through a checkpoint.
 *   <li>{@link CheckpointRun} is a sorted run of checkpoints side by side.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
