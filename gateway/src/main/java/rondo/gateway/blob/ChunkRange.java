package rondo.gateway.blob;

import rondo.storage.extent.ChunkId;

/** A range of bytes of one chunk. */
record ChunkRange(ChunkId id, int offset, int length) {}
