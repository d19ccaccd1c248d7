/**
 * The storage of a node's rows. {@link Engine} is one ordered, durable map from keys to values, and
 * has two implementations in packages of their own: {@code lsm.LogEngine} over {@code log}, {@code
 * checkpoint}, {@code table}, {@code block} and {@code damage}, and {@code rocks.RocksEngine} over
 * RocksDB. This package has the interface and the types that both share.
 *
 * <ul>
 *   <li>{@link Engine} is the ordered map: writes, reads, cursors and lost ranges.
 *   <li>{@link EngineSnapshot} has the entries of an engine as they were at one moment.
 *   <li>{@link EngineOptions} bounds an engine's use of disk and memory.
 *   <li>{@link Durability} says when a write counts as durable.
 *   <li>{@link EngineCounters} counts what an engine has done.
 *   <li>{@link EngineShape} says how much an engine has in memory and on its disk.
 *   <li>{@link EngineException} says why an engine can't do what it was asked to do.
 *   <li>{@link DamageException} says that a file is missing, unreadable or changed.
 *   <li>{@link FreeSpace} refuses writes while the disk has no room to flush the memory.
 *   <li>{@link Memtable} has the newest writes in memory.
 *   <li>{@link Slot} is the last write to a key: a value or a removal.
 *   <li>{@link SlotSource} walks through slots in the order of their keys.
 *   <li>{@link MergedSource} merges several sources, of which the newest wins.
 *   <li>{@link Cursor} walks through entries in the order of their keys.
 *   <li>{@link LiveCursor} makes a cursor of a source: skips removed keys, throws at lost ranges.
 *   <li>{@link LostRange} is a range of keys whose rows an engine has lost.
 *   <li>{@link LostRangeSet} has all lost ranges of an engine, and refuses reads in them.
 *   <li>{@link OpenResources} closes the files opened so far when the next one can't be opened.
 *   <li>{@link WholeFile} reads small files.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
