/**
 * One folder of extents: its files, byte by byte, and its index.
 *
 * <ul>
 *   <li>{@link ExtentSettings} says how extents are kept.
 *   <li>{@link ExtentFormat} defines the bytes of an extent.
 *   <li>{@link ChunkHeader} is what a record begins with.
 *   <li>{@link ExtentEntry} is what an extent knows of a record.
 *   <li>{@link ExtentFooter} is the index at the end of a sealed extent.
 *   <li>{@link RecordWriters} reserves the range of each record that is being written.
 *   <li>{@link ChunkWriter} writes a record into the range that was reserved for it.
 *   <li>{@link Extent} is an open extent file.
 *   <li>{@link FolderExtents} has the extents of a folder, of which one takes new records.
 *   <li>{@link ExtentFolder} is the open folder: extents and the log of drops.
 *   <li>{@link FolderHealth} says whether the folder can be written, and how much it takes.
 *   <li>{@link ChunkIndex} says where every chunk of a store is.
 *   <li>{@link IndexLeaf} has some hundred rows of the index.
 *   <li>{@link ChunkPlace} is where a chunk is.
 *   <li>{@link ChunkReader} reads a chunk and verifies every byte.
 *   <li>{@link FolderLog} remembers drops also while the folder can't be written.
 *   <li>{@link DropLog} is the file of drops and of damage.
 *   <li>{@link DropMarks} has what that file says in memory.
 *   <li>{@link ExtentRecovery} opens the extents of a folder.
 *   <li>{@link ExtentScan} finds the records of an extent that has no footer.
 * </ul>
 */
@NullMarked
package rondo.storage.extent.file;

import org.jspecify.annotations.NullMarked;
