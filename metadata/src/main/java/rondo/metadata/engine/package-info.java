/**
 * Where a node remembers rows. An {@link rondo.metadata.engine.Engine} is one ordered map.
 *
 * <p>A write goes, as a record of {@link rondo.metadata.engine.LogFormat}, through the {@link
 * rondo.metadata.engine.Committer} to the {@link rondo.metadata.engine.LogWriter}, and into a
 * {@link rondo.metadata.engine.Memtable}. Reads see its {@link rondo.metadata.engine.Slot}; a
 * {@link rondo.metadata.engine.Cursor} is the {@link rondo.metadata.engine.Merge} of a {@link
 * rondo.metadata.engine.Source} each. {@link rondo.metadata.engine.LogReplay} reads the log again
 * after a restart. {@link rondo.metadata.engine.MemoryEngine} does without a disk.
 */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
