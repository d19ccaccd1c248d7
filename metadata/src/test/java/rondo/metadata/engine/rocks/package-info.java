/** Tests of the engine over RocksDB, on folders whose files are damaged. */
@NullMarked
package rondo.metadata.engine.rocks;

import org.jspecify.annotations.NullMarked;
