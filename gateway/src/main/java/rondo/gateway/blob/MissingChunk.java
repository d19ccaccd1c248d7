package rondo.gateway.blob;

import java.util.List;
import rondo.ring.placement.NodeId;
import rondo.storage.extent.ChunkId;

/**
 * A chunk that a node should hold and doesn't.
 *
 * @param holders that have it
 */
public record MissingChunk(ChunkId chunk, List<NodeId> holders) {}
