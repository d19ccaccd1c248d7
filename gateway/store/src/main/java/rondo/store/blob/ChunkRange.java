package rondo.store.blob;

import rondo.storage.chunk.ChunkId;

/** A range of bytes of one chunk. */
record ChunkRange(ChunkId id, int offset, int length) {}
