/**
 * The engine of a log, memory and checkpoints: a log-structured merge tree (O'Neil and others,
 * 1996).
 *
 * <ul>
 *   <li>{@link LogEngine} is the engine: its writes go to the log and to memory.
 *   <li>{@link Backpressure} slows writers down to the pace of the disk.
 *   <li>{@link Layers} has the newest view, and replaces it together with the manifest.
 *   <li>{@link LayerView} is all that the engine holds at one moment: memtables and runs, newest
 *       first.
 *   <li>{@link Manifest} says what the engine's folder holds.
 *   <li>{@link ManifestFiles} writes and reads the two copies of the manifest.
 *   <li>{@link LayerUpkeep} flushes memtables, merges runs and saves damaged checkpoints in the
 *       background.
 *   <li>{@link CheckpointOutput} writes slots to as many checkpoints as they need.
 *   <li>{@link MergeChoice} says which runs are merged.
 *   <li>{@link RunMerger} makes fewer runs of many, piece by piece.
 *   <li>{@link EngineRecovery} finds out, when the engine is opened, what its folder holds.
 *   <li>{@link RunOpener} opens the runs that a manifest names, and notes what it can't open as
 *       lost.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.lsm;

import org.jspecify.annotations.NullMarked;
