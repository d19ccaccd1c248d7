/**
 * Where a node remembers rows. An {@link rondo.metadata.engine.Engine} is one ordered map: {@link
 * rondo.metadata.engine.LogEngine} the one with a disk, {@link rondo.metadata.engine.MemoryEngine}
 * the one without, for tests.
 *
 * <p>{@link rondo.metadata.engine.RocksEngine} has another disk format, RocksDB's, as {@link
 * rondo.metadata.engine.RocksSetup} sets it up: a {@link rondo.metadata.engine.RocksBase} in a
 * {@link rondo.metadata.engine.RocksFolder}, with a {@link rondo.metadata.engine.RocksCursor} and
 * one {@link rondo.metadata.engine.GroupSync} for all who wait; {@link rondo.metadata.engine.InUse}
 * keeps it open for them. What a read or a {@link rondo.metadata.engine.RocksVerification} finds to
 * be damaged, in a {@link rondo.metadata.engine.RocksLog} too, has {@link
 * rondo.metadata.engine.RocksCurrent} put another in its place: a {@link
 * rondo.metadata.engine.RocksRebuild} makes a {@link rondo.metadata.engine.RocksCopy} of what a
 * {@link rondo.metadata.engine.RocksSalvage} finds on each {@link rondo.metadata.engine.RocksWalk}.
 *
 * <p>A write goes, in the form of {@link rondo.metadata.engine.LogFormat}, through the {@link
 * rondo.metadata.engine.Committer} to the {@link rondo.metadata.engine.LogWriter}, as fast as
 * {@link rondo.metadata.engine.Backpressure} lets it, and into a {@link
 * rondo.metadata.engine.Memtable}, where it is a {@link rondo.metadata.engine.Slot}. {@link
 * rondo.metadata.engine.Upkeep} has {@link rondo.metadata.engine.CheckpointOutput} turn memtables
 * into a {@link rondo.metadata.engine.Run} of checkpoints, and a {@link
 * rondo.metadata.engine.Merger} make fewer runs of many, as {@link
 * rondo.metadata.engine.MergeChoice} says. {@link rondo.metadata.engine.Layers} keeps the newest
 * {@link rondo.metadata.engine.View} of all this and its {@link rondo.metadata.engine.Manifest}, in
 * the two copies of {@link rondo.metadata.engine.ManifestFiles}.
 *
 * <p>A {@link rondo.metadata.engine.CheckpointWriter} makes the {@link
 * rondo.metadata.engine.CheckpointFiles}: a table by MapDB, which sees its file as a {@link
 * rondo.metadata.engine.FlatVolume}, the {@link rondo.metadata.engine.TableWriter}, and its rows as
 * a {@link rondo.metadata.engine.BytesSerializer} packs them; an index of the table's pages by an
 * {@link rondo.metadata.engine.IndexWriter}; a {@link rondo.metadata.engine.Filter}; and last the
 * {@link rondo.metadata.engine.CheckpointSum}, with the {@link rondo.metadata.engine.BlockSums} of
 * each {@link rondo.metadata.engine.Part}. A {@link rondo.metadata.engine.Checkpoint} has them open
 * for reading as {@link rondo.metadata.engine.CheckpointParts}: the {@link
 * rondo.metadata.engine.Index} and each {@link rondo.metadata.engine.IndexBlock} of it lead through
 * a {@link rondo.metadata.engine.Table} to a {@link rondo.metadata.engine.TablePage} and there to a
 * {@link rondo.metadata.engine.TableGroup}, from where {@link rondo.metadata.engine.TableRows} and
 * a {@link rondo.metadata.engine.CheckpointWalk} go on. All this is read by {@link
 * rondo.metadata.engine.Blocks}, which the {@link rondo.metadata.engine.BlockCache} keeps for a
 * while; {@link rondo.metadata.engine.LargeValues} are read from theirs. A {@link
 * rondo.metadata.engine.Verification} reads it all again, with a {@link
 * rondo.metadata.engine.LogVerification} also the log.
 *
 * <p>A read that isn't what was written is a {@code DamageException}, and its checkpoint one of the
 * {@link rondo.metadata.engine.Damaged}. {@link rondo.metadata.engine.Salvage} writes anew what the
 * {@link rondo.metadata.engine.TableGroups} still have; what the rest was is a {@link
 * rondo.metadata.engine.Hole}, one of the {@link rondo.metadata.engine.Holes} that the manifest
 * remembers: nobody is told anything about these keys until they have been written again.
 *
 * <p>A {@link rondo.metadata.engine.Cursor} is a {@link rondo.metadata.engine.LiveCursor} over the
 * {@link rondo.metadata.engine.Merge} of a {@link rondo.metadata.engine.Source} from each. After a
 * restart {@link rondo.metadata.engine.Recovery} finds out what is there, with the {@link
 * rondo.metadata.engine.OpenedRuns}, and {@link rondo.metadata.engine.LogReplay} reads the log
 * again; where something of it is lost all keys are in a hole. {@link
 * rondo.metadata.engine.LogSegments} go when they are needed no more. {@link
 * rondo.metadata.engine.Opening} closes what was opened in vain, {@link
 * rondo.metadata.engine.WholeFile} reads small files, {@link rondo.metadata.engine.FreeSpace}
 * watches the disk, {@link rondo.metadata.engine.EngineOptions} and {@link
 * rondo.metadata.engine.Durability} are what one may choose, {@link
 * rondo.metadata.engine.EngineCounters} what one may watch, and an {@link
 * rondo.metadata.engine.EngineException} is how an engine gives up.
 */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
