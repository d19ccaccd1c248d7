package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.ExtentStore;
import rondo.storage.orphan.BlobNames;
import rondo.storage.orphan.BlobReference;
import rondo.store.chunk.ChunkException.Reason;

/** Copies chunks here whose blobs are named by a row. For one thread, but for its counts. */
final class ChunkCopier {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

  /**
   * A blob that was named so lately is still there: what is released stays for some minutes, which
   * one chunk's copy does not outlast.
   */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int MOST_UNNAMED = 10_000;

  private final ChunkNodes nodes;
  private final ChunkStore local;
  private final BlobNames names;
  private final Time time;
  private final Map<Bytes, Unnamed> unnamed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Unnamed> eldest) {
          return size() > MOST_UNNAMED;
        }
      };
  private Bytes lastNamed = Bytes.EMPTY;
  private long lastNamedAt;
  private final LongAdder chunks = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** A blob that no row named when it was asked for last, and when to ask again. */
  private record Unnamed(long until, long delay) {}

  ChunkCopier(ChunkNodes nodes, ExtentStore store, BlobNames names, Time time) {
    this.nodes = nodes;
    this.local = new LocalChunks(store, LayoutEpochs.ONE);
    this.names = names;
    this.time = time;
  }

  long chunks() {
    return chunks.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /**
   * Copies the chunk from the first of these nodes that has it whole; false when a row names it, or
   * that isn't known, and it isn't here.
   */
  boolean copy(ChunkId id, List<NodeId> holders) {
    Unnamed known = unnamed.get(id.blob());
    if (known != null && time.nanos() < known.until()) {
      return true;
    }
    for (NodeId holder : holders) {
      try (var download = nodes.of(holder).get(id, 0, ChunkStore.TO_THE_END)) {
        BlobReference naming = naming(id.blob(), download.owner());
        if (naming == BlobReference.NAMES) {
          store(id, download);
        }
        return naming != BlobReference.UNKNOWN;
      } catch (ChunkException e) {
        if (e.reason() == Reason.FULL || e.reason() == Reason.FAILED) {
          return false;
        }
        // Somebody else may have it whole.
      }
    }
    return false;
  }

  private BlobReference naming(Bytes blob, Bytes owner) {
    if (blob.equals(lastNamed) && time.nanos() - lastNamedAt < TRUSTED_NANOS) {
      return BlobReference.NAMES;
    }
    BlobReference naming = names.of(owner, blob);
    if (naming == BlobReference.NAMES) {
      lastNamed = blob;
      lastNamedAt = time.nanos();
      unnamed.remove(blob);
    } else if (naming == BlobReference.NAMES_NOT) {
      Unnamed before = unnamed.get(blob);
      long delay = before == null ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * before.delay());
      unnamed.put(blob, new Unnamed(time.nanos() + delay, delay));
    }
    return naming;
  }

  private void store(ChunkId id, ChunkStore.Download download) {
    var upload = local.put(id, download.chunkLength(), download.owner(), ChunkStore.COPY);
    try {
      Buffer piece = download.next();
      while (piece != null) {
        upload.write(piece);
        piece = download.next();
      }
      upload.commit();
      chunks.increment();
      bytes.add(download.chunkLength());
    } finally {
      upload.abort();
    }
  }
}
