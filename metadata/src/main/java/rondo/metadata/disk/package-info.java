/**
 * The disk port of the whole house: the files of one folder, as engines and extents use them.
 *
 * <ul>
 *   <li>{@link Disk} is one folder: creates, renames, removes and syncs names.
 *   <li>{@link DiskFile} is an open file: reads, writes and syncs bytes.
 *   <li>{@link GroupCommit} lets threads that wait for one file share its syncs.
 *   <li>{@link FolderDisk} implements the disk by a folder of the operating system.
 *   <li>{@link FolderFile} is a file in it, which reopens for writing when a read-only file system
 *       becomes writable.
 *   <li>{@link FolderLock} keeps other processes out of a folder.
 *   <li>{@link FolderInUseException} says that another process holds the lock.
 *   <li>{@link MeasuredDisk} counts and times what is done to a disk.
 *   <li>{@link DiskCounts} has these counts.
 * </ul>
 */
@NullMarked
package rondo.metadata.disk;

import org.jspecify.annotations.NullMarked;
