/**
 * Chunks on disk. A {@link ChunkId} names one, {@link ChunkOwner} the row that it was written for;
 * {@link ExtentStore} keeps them as {@link ExtentSettings} say, in {@code StoreFolders} ({@code
 * StoreFolder}, when it is open an {@code ExtentFolder}, which {@code FolderHealth} says can be
 * written) of {@code Extents}, files ({@code Extent}). {@link ChunkWriter} fills a record, an
 * {@code ExtentEntry}, whose bytes {@code ExtentFormat}, {@code ChunkHeader} and {@code
 * ExtentFooter} define, {@code GroupSync} makes it durable together with others, and a {@code
 * Place} in the {@code ChunkIndex}, made of {@code IndexLeaf}s, says where it is. {@link
 * ChunkReader} reads it, {@code Marks} in the {@code DropLog}, by the {@code FolderLog}, remember
 * that it was dropped, {@link ListedChunk} is its entry in lists, {@link Usage} counts. {@code
 * Recovery} opens what is there, with {@code ExtentScan} where a crash left no footer. {@link
 * Upkeep} goes on in the background as {@link UpkeepSettings} say: {@code Compaction} gives back
 * space by one {@code ChunkMove} after another, {@code Scrub} reads everything again, remembers in
 * its {@code ScrubState} how far it came, and tells of {@link Damage}.
 */
@NullMarked
package rondo.storage.extent;

import org.jspecify.annotations.NullMarked;
