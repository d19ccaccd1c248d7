/**
 * A node's data folders, and the failures of their disks. The disk itself is {@link
 * rondo.metadata.disk.Disk}.
 *
 * <ul>
 *   <li>{@link DiskSource} is a folder that is opened later, perhaps after several tries.
 *   <li>{@link DataFolder} is the folder of one node of one cluster.
 *   <li>{@link PrivateFolder} keeps other users out of it.
 *   <li>{@link DurableValue} keeps a small value in a file of its own.
 *   <li>{@link DiskException} says that a disk has failed, or has data that can't be read.
 *   <li>{@link CorruptException} says that data can't be read or has the wrong checksum.
 *   <li>{@link DiskFullException} says that no disk has room.
 *   <li>{@link ForeignFolderException} says that a folder is not, or not now, this node's.
 * </ul>
 */
@NullMarked
package rondo.storage.folder;

import org.jspecify.annotations.NullMarked;
