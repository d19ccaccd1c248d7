package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Segment;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.placement.Ring;
import rondo.ring.placement.Vacancy;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.quorum.Tally;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.store.chunk.ChunkNodes;

/**
 * Blobs on the nodes of the ring: cut into chunks, written by quorums, read with hedged requests.
 * Thread-safe.
 */
public final class RingBlobs implements BlobStore, AutoCloseable {
  /**
   * When a replica takes longer for its first byte, or for the next one, another replica is asked
   * too.
   */
  private static final long HEDGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How many ids are tried to find one whose nodes have room. */
  private static final int MOST_IDS = 32;

  /** How many chunks of a blob are looked at: the other ones go where they go. */
  private static final int MOST_CHUNKS = 16;

  /** The time for downloads that began before their object was replaced. */
  private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final ChunkNodes nodes;
  private final Placements placements;
  private final Randomness randomness;
  private final ChunkReleaser releaser;
  private final long hedgeNanos;
  private final Quorums quorums;
  private final boolean sloppy;
  private final int copyClass;

  /**
   * @param nodes this doesn't close them
   */
  public RingBlobs(ChunkNodes nodes, Placements placements, Randomness randomness, Time time) {
    this(nodes, placements, randomness, time, HEDGE_NANOS, KEEP_NANOS);
  }

  RingBlobs(
      ChunkNodes nodes,
      Placements placements,
      Randomness randomness,
      Time time,
      long hedgeNanos,
      long keepNanos) {
    this(
        nodes,
        placements,
        randomness,
        new ChunkReleaser(nodes, placements, time, keepNanos),
        hedgeNanos,
        Quorums.OF_LAYOUT,
        false,
        0);
    releaser.start();
  }

  private RingBlobs(
      ChunkNodes nodes,
      Placements placements,
      Randomness randomness,
      ChunkReleaser releaser,
      long hedgeNanos,
      Quorums quorums,
      boolean sloppy,
      int copyClass) {
    this.nodes = nodes;
    this.placements = placements;
    this.randomness = randomness;
    this.releaser = releaser;
    this.hedgeNanos = hedgeNanos;
    this.quorums = quorums;
    this.sloppy = sloppy;
    this.copyClass = copyClass;
  }

  @Override
  public BlobStore withQuorums(Quorums more, boolean fewer, int number) {
    return new RingBlobs(nodes, placements, randomness, releaser, hedgeNanos, more, fewer, number);
  }

  @Override
  public BlobWriter create(Bytes owner, long sizeBytes) {
    if (sizeBytes < 1) {
      throw new IllegalArgumentException("a blob of " + sizeBytes + " bytes");
    }
    Bytes blob = withRoom(Math.ceilDiv(sizeBytes, RingBlobWriter.CHUNK_BYTES));
    if (blob == null) {
      throw new StorageFullException();
    }
    return new RingBlobWriter(this::fan, releaser, owner, blob, sizeBytes);
  }

  @Override
  public BlobWriter create(Bytes owner, Bytes blob, long sizeBytes) {
    return new RingBlobWriter(this::fan, releaser, owner, blob, sizeBytes);
  }

  @Override
  public boolean hasRoom() {
    return withRoom(1) != null;
  }

  /**
   * A new blob's id such that each of its first chunks has a write quorum of nodes with room,
   * without full nodes if there is such an id; null when none was found.
   */
  private @Nullable Bytes withRoom(long chunks) {
    Bytes some = null;
    for (int i = 0; i < MOST_IDS; i++) {
      var id = ByteBuffer.allocate(ChunkId.BLOB_BYTES);
      id.putLong(randomness.nextLong()).putLong(randomness.nextLong());
      Bytes blob = Ring.ofClass(copyClass, Bytes.wrap(id.array()));
      int full = 0;
      boolean fits = true;
      for (int chunk = 0; chunk < Math.min(chunks, MOST_CHUNKS); chunk++) {
        Tally room = room(new ChunkId(blob, chunk));
        fits &= sloppy ? room.reached(quorums.w()) : room.reached();
        full += (int) room.nodes().stream().filter(node -> !room.saidYes(node)).count();
      }
      if (full == 0) {
        return blob;
      }
      some = fits && some == null ? blob : some;
    }
    return some;
  }

  private Tally room(ChunkId id) {
    var room = new Tally(placements.of(id.bytes()).writeSets());
    for (NodeId node : room.nodes()) {
      if (Vacancy.is(node) || nodes.isFull(node)) {
        room.no(node);
      } else {
        room.yes(node);
      }
    }
    return room;
  }

  private ChunkFan fan(ChunkId id, int length, Bytes owner) {
    Placement placement = placements.of(id.bytes());
    return sloppy
        ? new ChunkFan(nodes, placement, quorums.w(), id, length, owner)
        : new ChunkFan(nodes, quorums.of(placement), ChunkFan.STRICT, id, length, owner);
  }

  @Override
  public void read(List<Segment> segments, long offset, long length, BlobSink sink) {
    var ranges = new ChunkRanges(segments, offset, length);
    ChunkFetch current = begin(ranges);
    ChunkFetch ahead = null;
    try {
      while (current != null) {
        ahead = ranges.hasNext() && sink.mayReadAhead() ? begin(ranges) : null;
        Buffer piece;
        while ((piece = current.next()) != null) {
          sink.write(piece);
        }
        current = ahead == null ? begin(ranges) : ahead;
        ahead = null;
      }
    } finally {
      cancel(current);
      cancel(ahead);
    }
  }

  private @Nullable ChunkFetch begin(Iterator<ChunkRange> ranges) {
    if (!ranges.hasNext()) {
      return null;
    }
    var range = ranges.next();
    var readers = new ArrayList<>(nodes.readers(placements.of(range.id().bytes())));
    placements.elsewhere(range.id().bytes()).stream()
        .filter(node -> !readers.contains(node))
        .forEach(readers::add);
    return new ChunkFetch(nodes, readers, range.id(), range.offset(), range.length(), hedgeNanos)
        .start();
  }

  private static void cancel(@Nullable ChunkFetch fetch) {
    if (fetch != null) {
      fetch.cancel();
    }
  }

  @Override
  public void release(Collection<Segment> segments) {
    segments.forEach(releaser::release);
  }

  @Override
  public void close() {
    releaser.close();
  }
}
