/**
 * Tests of the extents, on real folders and on {@link rondo.storage.disk.MemoryDisk}, which forgets
 * what was not synced.
 */
@NullMarked
package rondo.storage.extent;

import org.jspecify.annotations.NullMarked;
