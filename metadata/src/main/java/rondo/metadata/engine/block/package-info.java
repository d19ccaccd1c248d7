/**
 * The files of a checkpoint, read by blocks. Every block has a checksum, is verified when it comes
 * from the disk, and is kept in memory for a while.
 *
 * <ul>
 *   <li>{@link CheckpointFiles} names the files of a checkpoint, and defines the bytes that they
 *       share.
 *   <li>{@link BlockSums} computes the checksums of a file's blocks while it is written.
 *   <li>{@link CheckpointPart} is the length of a file and the checksums of its blocks.
 *   <li>{@link BlockFile} reads a file by verified blocks.
 *   <li>{@link BlockCache} keeps the blocks that were read lately.
 *   <li>{@link DamagedCheckpoints} has the checkpoints in which damage was found.
 * </ul>
 */
@NullMarked
package rondo.metadata.engine.block;

import org.jspecify.annotations.NullMarked;
