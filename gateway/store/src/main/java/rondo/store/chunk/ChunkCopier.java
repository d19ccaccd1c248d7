package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import rondo.ring.port.Time;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.ExtentStore;
import rondo.storage.orphan.BlobNames;
import rondo.storage.orphan.BlobReference;
import rondo.store.chunk.ChunkException.Reason;

/**
 * Copies a chunk here if a row names its blob. Used by one thread; any thread may read the counts.
 */
final class ChunkCopier {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

  /**
   * A blob that a row named so recently is still there: a released blob stays for some minutes, and
   * the copy of one chunk doesn't take that long.
   */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int MOST_UNNAMED = 10_000;

  private final ChunkNodes nodes;
  private final ChunkStore local;
  private final BlobNames names;
  private final Throttle throttle;
  private final Time time;
  private final Map<Bytes, UnnamedBlob> unnamed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, UnnamedBlob> eldest) {
          return size() > MOST_UNNAMED;
        }
      };
  private Bytes lastNamed = Bytes.EMPTY;
  private long lastNamedAt;
  private final LongAdder chunks = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** A blob that no row named when last asked, and when to ask again. */
  private record UnnamedBlob(long until, long delay) {}

  ChunkCopier(ChunkNodes nodes, ExtentStore store, BlobNames names, Throttle throttle, Time time) {
    this.nodes = nodes;
    this.local = new LocalChunks(store, LayoutEpochs.ONE);
    this.names = names;
    this.throttle = throttle;
    this.time = time;
  }

  long chunks() {
    return chunks.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /**
   * Copies the chunk from the first of these nodes that has it whole.
   *
   * @return false when the chunk is still missing here and a row names it, or may name it
   */
  boolean copy(ChunkId id, List<NodeId> holders) {
    UnnamedBlob known = unnamed.get(id.blob());
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
        // Another holder may have it whole.
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
      UnnamedBlob before = unnamed.get(blob);
      long delay = before == null ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * before.delay());
      unnamed.put(blob, new UnnamedBlob(time.nanos() + delay, delay));
    }
    return naming;
  }

  private void store(ChunkId id, ChunkStore.Download download) {
    var upload = local.put(id, download.chunkLength(), download.owner(), ChunkStore.COPY);
    try {
      Buffer piece = download.next();
      while (piece != null) {
        upload.write(piece);
        throttle.spend(piece.length());
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
