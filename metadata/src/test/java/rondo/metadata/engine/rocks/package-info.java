/** Tests of the engine over RocksDB, also on damaged files. */
@NullMarked
package rondo.metadata.engine.rocks;

import org.jspecify.annotations.NullMarked;
