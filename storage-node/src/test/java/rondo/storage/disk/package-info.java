/** Tests of disks, and {@link MemoryDisk}, a disk that fails as real ones do. */
@NullMarked
package rondo.storage.disk;

import org.jspecify.annotations.NullMarked;
