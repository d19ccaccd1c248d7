/**
 * The log-structured merge tree (O'Neil and others, 1996): an engine of a log, memtables and
 * checkpoints.
 *
 * <ul>
 *   <li>{@link LogEngine} is the engine: opens the folder, answers reads, and runs the threads.
 *   <li>{@link WritePath} numbers each write, and takes it to the log and to the memtable.
 *   <li>{@link Backpressure} slows writers down to the pace of the disk.
 *   <li>{@link Layers} has the newest view, and replaces it together with the manifest.
 *   <li>{@link LayerSnapshot} keeps the layers of one moment.
 *   <li>{@link LayerView} is an immutable view of all memtables and runs, newest first.
 *   <li>{@link Manifest} names the checkpoints and the log that make up the engine's contents.
 *   <li>{@link ManifestFiles} reads and writes the two copies of the manifest.
 *   <li>{@link LayerUpkeep} flushes memtables, merges runs and salvages damaged checkpoints in the
 *       background.
 *   <li>{@link CheckpointOutput} writes slots to as many checkpoints as they need.
 *   <li>{@link MergeChoice} chooses the runs to merge.
 *   <li>{@link RunMerger} merges runs piece by piece.
 *   <li>{@link EngineRecovery} recovers the state of a folder when the engine is opened.
 *   <li>{@link RunOpener} opens the runs that a manifest names, and notes lost ranges.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.lsm;

import org.jspecify.annotations.NullMarked;
