package rondo.store.chunk;

import java.util.List;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;

/**
 * A chunk that a node should hold and lacks.
 *
 * @param holders the nodes that have it
 */
public record MissingChunk(ChunkId chunk, List<NodeId> holders) {}
