/**
 * Where a node remembers rows. {@link Engine} is one ordered map from keys to values. Its two
 * implementations stand in rooms of their own: {@code lsm.LogEngine} over {@code log}, {@code
 * checkpoint}, {@code table}, {@code block} and {@code damage}, and {@code rocks.RocksEngine} over
 * RocksDB. This room has the interface and what these rooms share.
 *
 * <ul>
 *   <li>{@link Engine} is the ordered map: its writes, reads, cursors, and what it has lost.
 *   <li>{@link EngineOptions} says how an engine treats its disk and memory.
 *   <li>{@link Durability} says what makes a write durable.
 *   <li>{@link EngineCounters} counts what an engine has done.
 *   <li>{@link EngineException} says why an engine can't do what was asked.
 *   <li>{@link DamageException} says that a file holds other bytes than were written to it.
 *   <li>{@link FreeSpace} turns writers away while the disk has no room for what is in memory.
 *   <li>{@link Memtable} has the newest writes in memory.
 *   <li>{@link Slot} is what a key was last set to.
 *   <li>{@link SlotSource} walks through slots in the order of their keys.
 *   <li>{@link MergedSource} makes one source of several, of which the newest wins.
 *   <li>{@link Cursor} walks through entries in the order of their keys.
 *   <li>{@link LiveCursor} is the cursor over a source, without removed keys and up to what is
 *       lost.
 *   <li>{@link LostRange} is a range of keys of which an engine has lost what it knew.
 *   <li>{@link LostRangeSet} has all lost ranges of an engine, and refuses reads in them.
 *   <li>{@link OpenResources} closes what was opened when the rest can't be opened.
 *   <li>{@link WholeFile} reads small files.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
