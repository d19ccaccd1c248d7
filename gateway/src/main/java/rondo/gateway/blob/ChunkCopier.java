package rondo.gateway.blob;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import rondo.gateway.blob.ChunkException.Reason;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.storage.extent.ChunkId;
import rondo.storage.extent.ExtentStore;
import rondo.storage.orphan.BlobNames;
import rondo.storage.orphan.Naming;

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
  private final Chunks local;
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
    this.local = new LocalChunks(store, Epochs.ONE);
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
      try (var download = nodes.of(holder).get(id, 0, Chunks.TO_THE_END)) {
        Naming naming = naming(id.blob(), download.owner());
        if (naming == Naming.NAMES) {
          store(id, download);
        }
        return naming != Naming.UNKNOWN;
      } catch (ChunkException e) {
        if (e.reason() == Reason.FULL || e.reason() == Reason.FAILED) {
          return false;
        }
        // Somebody else may have it whole.
      }
    }
    return false;
  }

  private Naming naming(Bytes blob, Bytes owner) {
    if (blob.equals(lastNamed) && time.nanos() - lastNamedAt < TRUSTED_NANOS) {
      return Naming.NAMES;
    }
    Naming naming = names.of(owner, blob);
    if (naming == Naming.NAMES) {
      lastNamed = blob;
      lastNamedAt = time.nanos();
      unnamed.remove(blob);
    } else if (naming == Naming.NAMES_NOT) {
      Unnamed before = unnamed.get(blob);
      long delay = before == null ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * before.delay());
      unnamed.put(blob, new Unnamed(time.nanos() + delay, delay));
    }
    return naming;
  }

  private void store(ChunkId id, Chunks.Download download) {
    var upload = local.put(id, download.chunkLength(), download.owner(), Chunks.COPY);
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
