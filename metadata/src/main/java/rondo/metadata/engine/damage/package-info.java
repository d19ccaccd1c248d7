/**
 * Damage to the files of the log-structured engine: how it is found, and which rows can be saved.
 *
 * <ul>
 *   <li>{@link Verification} reads files again, past every cache of the process.
 *   <li>{@link LogVerification} reads the segments of the log again.
 *   <li>{@link CheckpointSalvage} walks through a damaged checkpoint's readable rows, and collects
 *       the lost ranges between them.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.damage;

import org.jspecify.annotations.NullMarked;
