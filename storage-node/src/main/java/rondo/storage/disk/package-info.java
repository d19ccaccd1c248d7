/**
 * A node's disks. {@link Disk} is one folder as the storage sees it, {@link DiskFile} a file in it,
 * {@link FolderDisk} the real one, {@link DiskSource} one that may come later; {@link
 * DiskException} says that one failed, {@link DiskFullException} that it takes no more, and {@link
 * CorruptException} that it holds other bytes than were written. {@link DataFolder} says whose
 * folder it is, by a {@link FolderLock} and a {@link ForeignFolderException} to others, and {@link
 * DurableValue} keeps a small value in it.
 */
@NullMarked
package rondo.storage.disk;

import org.jspecify.annotations.NullMarked;
