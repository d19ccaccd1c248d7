package rondo.storage.chunk;

import org.jspecify.annotations.Nullable;

/**
 * Damage that was found on a disk.
 *
 * @param chunk the damaged chunk; null when something other than a chunk is damaged
 * @param what one line for an operator
 */
public record StorageDamage(@Nullable ChunkId chunk, String what) {}
