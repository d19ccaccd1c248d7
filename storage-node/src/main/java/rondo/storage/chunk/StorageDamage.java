package rondo.storage.chunk;

import org.jspecify.annotations.Nullable;

/**
 * Something on a disk that isn't as it was written.
 *
 * @param chunk the one that is damaged; null when it is something else than a chunk
 * @param what in one line, for a person
 */
public record StorageDamage(@Nullable ChunkId chunk, String what) {}
