/**
 * Where a node remembers rows. An {@link rondo.metadata.engine.Engine} is one ordered map: {@link
 * rondo.metadata.engine.LogEngine} the one with a disk, {@link rondo.metadata.engine.MemoryEngine}
 * the one without, for tests.
 *
 * <p>A write goes, in the form of {@link rondo.metadata.engine.LogFormat}, through the {@link
 * rondo.metadata.engine.Committer} to the {@link rondo.metadata.engine.LogWriter}, of a {@link
 * rondo.metadata.engine.LogFile}, and into a {@link rondo.metadata.engine.Memtable}, where it is a
 * {@link rondo.metadata.engine.Slot}. {@link rondo.metadata.engine.Upkeep} has a {@link
 * rondo.metadata.engine.CheckpointWriter} put memtables into {@link
 * rondo.metadata.engine.CheckpointFiles}, and merges them as {@link
 * rondo.metadata.engine.MergeChoice} says. A {@link rondo.metadata.engine.Checkpoint} is open for
 * reading, behind its {@link rondo.metadata.engine.Bloom} filter; its table holds bytes by {@link
 * rondo.metadata.engine.BytesSerializer}. {@link rondo.metadata.engine.Layers} keeps the newest
 * {@link rondo.metadata.engine.View} of all this and its {@link rondo.metadata.engine.Manifest}. A
 * {@link rondo.metadata.engine.Cursor} is a {@link rondo.metadata.engine.LiveCursor} over the
 * {@link rondo.metadata.engine.Merge} of a {@link rondo.metadata.engine.Source} from each. After a
 * restart {@link rondo.metadata.engine.Recovery} finds out what is there, and {@link
 * rondo.metadata.engine.LogReplay} reads the log again. {@link rondo.metadata.engine.Folders} locks
 * and syncs folders, {@link rondo.metadata.engine.FreeSpace} watches the disk, {@link
 * rondo.metadata.engine.EngineOptions} and {@link rondo.metadata.engine.Durability} are what one
 * may choose, {@link rondo.metadata.engine.EngineCounters} what one may watch, and an {@link
 * rondo.metadata.engine.EngineException} is how an engine gives up.
 */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
