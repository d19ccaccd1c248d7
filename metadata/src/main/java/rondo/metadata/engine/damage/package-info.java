/**
 * Damage: how an engine of checkpoints finds it, and what it can save.
 *
 * <ul>
 *   <li>{@link Verification} reads files again, past every cache of the process.
 *   <li>{@link LogVerification} reads the segments of the log again.
 *   <li>{@link CheckpointSalvage} has all of a damaged checkpoint that can be read, and the lost
 *       ranges between.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.damage;

import org.jspecify.annotations.NullMarked;
