package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.ExtentStore;

/** Copies chunks here, over bulk connections, when the layout changes. Thread-safe. */
public final class ChunkMover implements rondo.ring.streaming.ChunkTransfer {
  private final ChunkNodes nodes;
  private final ExtentStore store;
  private final Supplier<Ring> ring;
  private final ChunkStore local;
  private final BooleanSupplier refuses;

  /**
   * @param ring the layout's; asked for only once a layout is installed
   * @param refuses whether this node has too little room to be given more; the move waits then
   */
  public ChunkMover(
      ChunkNodes nodes, ExtentStore store, Supplier<Ring> ring, BooleanSupplier refuses) {
    this.nodes = nodes;
    this.store = store;
    this.ring = ring;
    this.refuses = refuses;
    this.local = new LocalChunks(store, LayoutEpochs.ONE);
  }

  /** Lists at most {@link ChunkStore#LIST_LIMIT} ids a page, whatever the limit. */
  @Override
  public @Nullable Listing list(
      NodeId at, long epoch, BitSet partitions, @Nullable Bytes after, int limit) {
    try {
      var from = after == null ? null : ChunkId.of(after);
      var names = nodes.of(at).names(ring.get(), partitions, from, epoch);
      var next = names.next();
      return new Listing(
          names.ids().stream().map(ChunkId::bytes).toList(), next == null ? null : next.bytes());
    } catch (ChunkException e) {
      return null;
    }
  }

  @Override
  public long fetch(NodeId from, Bytes chunk) {
    var id = ChunkId.of(chunk);
    if (store.contains(id)) {
      return 0;
    }
    if (refuses.getAsBoolean()) {
      return SILENT;
    }
    try (var download = nodes.of(from).get(id, 0, ChunkStore.TO_THE_END)) {
      copy(id, download);
      return download.chunkLength();
    } catch (ChunkException e) {
      return switch (e.reason()) {
        case ABSENT, CORRUPT -> ABSENT;
        default -> SILENT;
      };
    }
  }

  @Override
  public void drop(List<Bytes> chunks) {
    chunks.forEach(chunk -> store.drop(ChunkId.of(chunk)));
  }

  private void copy(ChunkId id, ChunkStore.Download download) {
    var upload = local.put(id, download.chunkLength(), download.owner(), ChunkStore.COPY);
    try {
      Buffer piece = download.next();
      while (piece != null) {
        upload.write(piece);
        piece = download.next();
      }
      upload.commit();
    } finally {
      upload.abort();
    }
  }
}
