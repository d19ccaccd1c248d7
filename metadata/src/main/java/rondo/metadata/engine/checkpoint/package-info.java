/**
 * Checkpoints: slots on disk that never change, between a least and a greatest key.
 *
 * <ul>
 *   <li>{@link CheckpointWriter} writes a checkpoint.
 *   <li>{@link KeyFilter} says which keys a checkpoint may hold.
 *   <li>{@link CheckpointSum} says, as the last file of a checkpoint, what the others must be.
 *   <li>{@link CheckpointParts} has the files of a checkpoint open.
 *   <li>{@link LargeValues} reads the values that are apart from the table.
 *   <li>{@link Checkpoint} reads a checkpoint as long as it is held, and puts its files away.
 *   <li>{@link CheckpointWalk} walks through a checkpoint.
 *   <li>{@link CheckpointRun} is a sorted sequence of checkpoints side by side.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
