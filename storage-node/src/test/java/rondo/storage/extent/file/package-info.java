/** Tests of the files of a folder of extents, on {@link rondo.metadata.disk.SimulatedDisk}. */
@NullMarked
package rondo.storage.extent.file;

import org.jspecify.annotations.NullMarked;
