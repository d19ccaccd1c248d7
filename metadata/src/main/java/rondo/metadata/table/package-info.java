/**
 * {@link Tables} numbers the tables, {@link Keys} names their rows, {@link VersionRows} says which
 * rows a versioned key has beside its own, and {@link RowKey} is where a row stands in the engine.
 */
@NullMarked
package rondo.metadata.table;

import org.jspecify.annotations.NullMarked;
