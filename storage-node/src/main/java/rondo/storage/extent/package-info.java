/**
 * Chunks on disk. A {@link ChunkId} names one, {@link ChunkOwner} the row that it was written for;
 * {@link ExtentStore} keeps them as {@link ExtentSettings} say, in folders ({@code ExtentFolder})
 * of files ({@code Extent}). {@link ChunkWriter} fills a record, whose bytes {@code ExtentFormat},
 * {@code ChunkHeader} and {@code ExtentFooter} define, {@code GroupSync} makes it durable together
 * with others, and a {@code Place} in the index says where it is. {@link ChunkReader} reads it,
 * {@code DropLog} remembers that it was dropped, {@link ListedChunk} is its entry in lists, {@link
 * Usage} counts. {@code Recovery} opens what is there, with {@code ExtentScan} where a crash left
 * no footer.
 */
@NullMarked
package rondo.storage.extent;

import org.jspecify.annotations.NullMarked;
