/**
 * The tables of a cluster, and the keys of their rows.
 *
 * <ul>
 *   <li>{@link Tables} numbers the tables.
 *   <li>{@link Keys} makes the keys of their registers.
 *   <li>{@link VersionRows} says which rows a versioned key has beside its head.
 *   <li>{@link RowKey} encodes a register's key as a key of the engine.
 * </ul>
 */
@NullMarked
package rondo.metadata.table;

import org.jspecify.annotations.NullMarked;
