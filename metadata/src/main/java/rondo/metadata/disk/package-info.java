/**
 * The files of one folder, as a port: a {@link rondo.metadata.disk.Disk} has {@link
 * rondo.metadata.disk.DiskFile}s, and {@link rondo.metadata.disk.FolderDisk} is the real one.
 */
@NullMarked
package rondo.metadata.disk;

import org.jspecify.annotations.NullMarked;
