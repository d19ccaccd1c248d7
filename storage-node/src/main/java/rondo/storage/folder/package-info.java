/**
 * A node's folders, and how they and their disks fail. The disk itself is {@link
 * rondo.metadata.disk.Disk}.
 *
 * <ul>
 *   <li>{@link DiskSource} is a folder that may not be there yet.
 *   <li>{@link DataFolder} belongs to one node of one cluster.
 *   <li>{@link DurableValue} keeps a small value in a file of its own.
 *   <li>{@link DiskException} says that a disk has failed, or holds what can't be read.
 *   <li>{@link CorruptException} says that a disk gave back other bytes than were written.
 *   <li>{@link DiskFullException} says that no disk has room.
 *   <li>{@link ForeignFolderException} says that a folder is not, or not now, the caller's.
 * </ul>
 */
@NullMarked
package rondo.storage.folder;

import org.jspecify.annotations.NullMarked;
