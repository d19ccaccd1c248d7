/** Tests of tables and their indexes. */
@NullMarked
package rondo.metadata.engine.table;

import org.jspecify.annotations.NullMarked;
