/**
 * The tables of a cluster, and how their rows are named.
 *
 * <ul>
 *   <li>{@link Tables} numbers the tables.
 *   <li>{@link Keys} names their rows.
 *   <li>{@link VersionRows} says which rows a versioned key has beside its own.
 *   <li>{@link RowKey} is where a row stands in the engine.
 * </ul>
 */
@NullMarked
package rondo.metadata.table;

import org.jspecify.annotations.NullMarked;
