/**
 * The engine over RocksDB: another program with other bugs, so that one bug doesn't hit all
 * replicas of a partition when these stand on both engines.
 *
 * <ul>
 *   <li>{@link RocksEngine} is the engine: writes to RocksDB, with one sync for all waiting
 *       writers.
 *   <li>{@link RocksSetup} has RocksDB's settings, and bounds its memory.
 *   <li>{@link RocksFolder} knows which of the databases in a folder is in use.
 *   <li>{@link RocksBase} is an open database.
 *   <li>{@link UseGate} keeps a resource open while it has users.
 *   <li>{@link RocksSnapshot} is a snapshot of the database.
 *   <li>{@link RocksCursor} walks through a database.
 *   <li>{@link RocksSwitch} has the database in use, and replaces it when it is damaged.
 *   <li>{@link RocksVerification} reads a database again, file by file.
 *   <li>{@link RocksLog} finds damage in RocksDB's log and manifest.
 *   <li>{@link RocksRebuild} makes a fresh database of a damaged one.
 *   <li>{@link RocksCopy} fills the fresh database.
 *   <li>{@link RocksSalvage} copies the readable rows, and finds the lost ranges.
 *   <li>{@link RocksWalk} walks through a range of rows up to the first damage.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.rocks;

import org.jspecify.annotations.NullMarked;
