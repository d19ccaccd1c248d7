package rondo.store.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Segment;
import rondo.ring.port.Placements;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.store.chunk.ChunkException;
import rondo.store.chunk.ChunkNodes;

/**
 * Drops the chunks of released blobs at their holders, in the background, a few at a time. The
 * orphan walk finds the chunks that this can't drop. Thread-safe.
 */
final class ChunkReleaser implements AutoCloseable {
  /** The most blobs that wait; a segment takes some hundred bytes. */
  private static final int QUEUE_LIMIT = 100_000;

  private static final int WORKERS = 4;
  private static final int BATCH = 500;

  private final ChunkNodes nodes;
  private final Placements placements;
  private final Time time;
  private final long delayNanos;
  private final DelayQueue<ReleasedBlob> queue = new DelayQueue<>();
  private volatile boolean closed;

  /** A released blob and the time from which it may be dropped. */
  private record ReleasedBlob(Segment segment, long dueNanos, Time time) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  /**
   * @param delayNanos how long a released blob stays, so that running reads can end
   */
  ChunkReleaser(ChunkNodes nodes, Placements placements, Time time, long delayNanos) {
    this.time = time;
    this.delayNanos = delayNanos;
    this.nodes = nodes;
    this.placements = placements;
  }

  void start() {
    for (int i = 0; i < WORKERS; i++) {
      Thread.ofVirtual().name("release").start(this::run);
    }
  }

  void release(Segment segment) {
    if (queue.size() < QUEUE_LIMIT) {
      queue.add(new ReleasedBlob(segment, time.nanos() + delayNanos, time));
    }
  }

  private void run() {
    while (!closed) {
      var segment = next();
      if (segment != null) {
        drop(segment);
      }
    }
  }

  /** This thread is never interrupted, since it also writes files. */
  private @Nullable Segment next() {
    try {
      ReleasedBlob released = queue.poll(200, TimeUnit.MILLISECONDS);
      return released == null ? null : released.segment();
    } catch (InterruptedException e) {
      closed = true;
      return null;
    }
  }

  private void drop(Segment segment) {
    var blob = Bytes.wrap(segment.getBlob().toByteArray());
    long chunks = Math.ceilDiv(segment.getSize(), segment.getChunkSize());
    var batch = new ArrayList<ChunkId>();
    for (long index = 0; index < chunks; index++) {
      batch.add(new ChunkId(blob, (int) index));
      if (batch.size() == BATCH || index == chunks - 1) {
        drop(batch);
        batch.clear();
      }
    }
  }

  private void drop(List<ChunkId> ids) {
    Map<NodeId, List<ChunkId>> perNode = new HashMap<>();
    for (ChunkId id : ids) {
      for (NodeId node : ChunkNodes.holders(placements.of(id.bytes()))) {
        perNode.computeIfAbsent(node, key -> new ArrayList<>()).add(id);
      }
    }
    perNode.forEach(this::drop);
  }

  private void drop(NodeId node, List<ChunkId> ids) {
    if (nodes.isSuspect(node)) {
      return;
    }
    try {
      nodes.of(node).drop(ids);
    } catch (ChunkException e) {
      if (e.reason() == ChunkException.Reason.UNREACHABLE) {
        nodes.suspect(node);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
