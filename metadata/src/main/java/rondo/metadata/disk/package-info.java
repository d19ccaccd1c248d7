/**
 * The files of one folder, as a port: the disk of the engines and of the extents.
 *
 * <ul>
 *   <li>{@link Disk} is one folder: names that are made, replaced, removed and synced.
 *   <li>{@link DiskFile} is an open file: bytes that are read, written and synced.
 *   <li>{@link GroupCommit} lets all threads that wait for one file share its syncs.
 *   <li>{@link FolderDisk} is the disk of a real folder.
 *   <li>{@link FolderFile} is a real file, of which a read-only file system lets it read only.
 *   <li>{@link FolderLock} keeps other processes out of a folder.
 *   <li>{@link FolderInUseException} says that another process has the lock.
 * </ul>
 */
@NullMarked
package rondo.metadata.disk;

import org.jspecify.annotations.NullMarked;
