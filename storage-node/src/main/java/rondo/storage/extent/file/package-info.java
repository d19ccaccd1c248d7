/**
 * One folder of extents: its files, byte by byte, and the index of a store's chunks.
 *
 * <ul>
 *   <li>{@link ExtentSettings} are the sizes of extents, and whether they are synced.
 *   <li>{@link ExtentFormat} defines the bytes of an extent.
 *   <li>{@link ChunkHeader} is the header of a record.
 *   <li>{@link ExtentEntry} is a record in an extent's index.
 *   <li>{@link ExtentFooter} is the index at the end of a sealed extent.
 *   <li>{@link RecordWriters} reserves the range of each record that is being written.
 *   <li>{@link ChunkWriter} writes a record into the range that is reserved for it.
 *   <li>{@link Extent} is an open extent file.
 *   <li>{@link FolderExtents} has the extents of a folder, of which one takes new records.
 *   <li>{@link ExtentFolder} is an open folder: extents and the log of drops.
 *   <li>{@link FolderHealth} tells whether a folder takes writes, and how many bytes.
 *   <li>{@link ChunkIndex} has the places of all chunks of a store.
 *   <li>{@link IndexLeaf} has some hundred rows of the index.
 *   <li>{@link ChunkPlace} is the place of a chunk.
 *   <li>{@link ChunkReader} reads a chunk and verifies every byte.
 *   <li>{@link FolderLog} keeps marks of drops in memory while the folder can't be written.
 *   <li>{@link DropLog} is the file of marks: records that were dropped or are damaged.
 *   <li>{@link DropMarks} has the marks of that file in memory.
 *   <li>{@link ExtentRecovery} opens the extents of a folder.
 *   <li>{@link ExtentScan} finds the records of an extent without a footer.
 * </ul>
 */
@NullMarked
package rondo.storage.extent.file;

import org.jspecify.annotations.NullMarked;
