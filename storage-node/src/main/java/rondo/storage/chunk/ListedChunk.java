package rondo.storage.chunk;

import rondo.ring.value.Bytes;

/**
 * A chunk in a list.
 *
 * @param owner the owner bytes that it was written with
 * @param length bytes of payload
 * @param ageMicros microseconds since it was written, by this node's clock
 */
public record ListedChunk(ChunkId id, Bytes owner, int length, long ageMicros) {}
