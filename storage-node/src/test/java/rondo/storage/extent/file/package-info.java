/**
 * Tests of the extents, on real folders and on {@link rondo.metadata.disk.SimulatedDisk}, which
 * forgets and fails.
 */
@NullMarked
package rondo.storage.extent.file;

import org.jspecify.annotations.NullMarked;
