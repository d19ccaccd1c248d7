/**
 * The engine over RocksDB: another program, with other mistakes, so that the replicas of a
 * partition may stand on two engines.
 *
 * <ul>
 *   <li>{@link RocksEngine} is the engine: its writes go to RocksDB, which syncs them for all who
 *       wait.
 *   <li>{@link RocksSetup} sets RocksDB up within bounds of memory.
 *   <li>{@link RocksFolder} knows which of the databases in a folder is in use.
 *   <li>{@link RocksBase} is an open database.
 *   <li>{@link UseGate} keeps open what is in use.
 *   <li>{@link RocksCursor} walks through a database.
 *   <li>{@link RocksSwitch} has the database in use, and puts another one in its place when that is
 *       damaged.
 *   <li>{@link RocksVerification} reads a database again, file by file.
 *   <li>{@link RocksLog} reads what RocksDB writes record by record, to find damage in it.
 *   <li>{@link RocksRebuild} makes a fresh database of a damaged one.
 *   <li>{@link RocksCopy} fills the fresh database.
 *   <li>{@link RocksSalvage} finds what can be read of a damaged database, and what is lost.
 *   <li>{@link RocksWalk} walks over a range of rows as far as it can be read.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.rocks;

import org.jspecify.annotations.NullMarked;
