package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.quorum.Tally;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.store.chunk.ChunkNodes;
import rondo.store.chunk.ChunkStore;

/**
 * One chunk on its way to all of its replicas at once. The writer keeps step with the fastest ones
 * that make a write quorum; others may fall behind by a window, are waited for a moment, and are
 * dropped then.
 */
final class ChunkFan {
  /** Nothing less than a write quorum is enough. */
  static final int STRICT = Integer.MAX_VALUE;

  /** The fastest W replicas have at most this much to send before the writer waits. */
  static final long WINDOW_BYTES = 1 << 20;

  /** A replica that is further behind holds too much memory. */
  static final long LAG_BYTES = 2 << 20;

  /** Less than any backlog: a replica is waited for until its chunk is durable. */
  private static final long UNDONE = -1;

  /** How long a healthy node that lags is waited for, in all, per chunk. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Without any progress in so long the chunk fails. */
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final ChunkNodes nodes;
  private final ChunkId id;
  private final int length;
  private final Bytes owner;
  private final long epoch;
  private final List<ReplicaSet> writeSets;
  private final int least;
  private final List<ReplicaStream> streams;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long graceNanos = GRACE_NANOS;

  /** Grows whenever a replica gets on. */
  private long steps;

  /**
   * @param least how many replicas of a set are enough where the others can't be reached
   */
  ChunkFan(ChunkNodes nodes, Placement placement, int least, ChunkId id, int length, Bytes owner) {
    this.nodes = nodes;
    this.id = id;
    this.length = length;
    this.owner = owner;
    this.epoch = placement.epoch();
    this.writeSets = placement.writeSets();
    this.least = least;
    this.streams =
        writeSets.stream()
            .flatMap(set -> set.nodes().stream())
            .distinct()
            .map(node -> new ReplicaStream(this, node))
            .toList();
  }

  void start() {
    streams.forEach(stream -> Thread.ofVirtual().name("put " + id).start(stream::run));
  }

  /** Hands the bytes to every replica, and waits until a write quorum has room for more. */
  void write(Buffer buffer) {
    lock.lock();
    try {
      streams.forEach(stream -> stream.offer(buffer));
      changed.signalAll();
      await(() -> quorum(stream -> keepsUp(stream)));
      waitForLaggards(LAG_BYTES);
    } finally {
      lock.unlock();
    }
  }

  private static boolean keepsUp(ReplicaStream stream) {
    return switch (stream.state()) {
      case RUNNING -> stream.backlogBytes() <= WINDOW_BYTES;
      case DURABLE -> true;
      case FAILED -> false;
    };
  }

  /** All bytes were written: the replicas make them durable. */
  void end() {
    locked(() -> {
      streams.forEach(ReplicaStream::end);
      return true;
    });
  }

  /**
   * Returns when a write quorum has the chunk on stable storage.
   *
   * @throws BlobUnavailableException when that can't be any more
   */
  void awaitDurable() {
    lock.lock();
    try {
      await(() -> quorum(stream -> stream.state() == ReplicaStream.State.DURABLE));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives those that have not sent everything the rest of their time, so that memory stays bounded.
   * Who only waits for its disk holds none, and may go on for as long as a reply may take.
   */
  void settle() {
    lock.lock();
    try {
      waitForLaggards(0);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops the replicas whose bytes are not all here, and waits a moment for those that are about to
   * make theirs durable, so that they can be told to drop them.
   */
  void abort() {
    lock.lock();
    try {
      streams.stream().filter(stream -> !stream.isEnded()).forEach(ReplicaStream::drop);
      changed.signalAll();
      waitForLaggards(UNDONE);
    } finally {
      lock.unlock();
    }
  }

  private void waitForLaggards(long allowedBytes) {
    for (ReplicaStream stream : streams) {
      while (isBehind(stream, allowedBytes) && graceNanos > 0 && !nodes.isSuspect(stream.node())) {
        graceNanos = waitFor(graceNanos);
      }
      if (isBehind(stream, allowedBytes)) {
        nodes.suspect(stream.node());
        stream.drop();
      }
    }
  }

  private static boolean isBehind(ReplicaStream stream, long allowedBytes) {
    return stream.isRunning() && stream.backlogBytes() > allowedBytes;
  }

  /** Whether a write quorum fulfils this, or {@code least} do where all others are out. */
  private boolean quorum(Predicate<ReplicaStream> counts) {
    var tally = new Tally(writeSets);
    for (ReplicaStream stream : streams) {
      if (counts.test(stream)) {
        tally.yes(stream.node());
      } else if (isOut(stream)) {
        tally.no(stream.node());
      }
    }
    return tally.reached(least);
  }

  private boolean isOut(ReplicaStream stream) {
    return stream.state() == ReplicaStream.State.FAILED || nodes.isSuspect(stream.node());
  }

  private void await(BooleanSupplier condition) {
    long left = STALL_NANOS;
    while (!condition.getAsBoolean()) {
      if (left <= 0 || !quorum(stream -> stream.state() != ReplicaStream.State.FAILED)) {
        throw new BlobUnavailableException(
            "too few replicas take chunk " + id.index() + " of blob " + id.blob());
      }
      long before = steps;
      left = waitFor(left);
      left = before == steps ? left : STALL_NANOS;
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private long waitFor(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BlobUnavailableException("interrupted");
    }
  }

  ChunkStore.Upload put(NodeId node) {
    return nodes.of(node).put(id, length, owner, epoch);
  }

  void suspect(NodeId node) {
    nodes.suspect(node);
  }

  /** Changes or asks something under the lock, and wakes who waits. */
  boolean locked(BooleanSupplier change) {
    lock.lock();
    try {
      boolean result = change.getAsBoolean();
      steps++;
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next bytes of a stream; null at its end. */
  @Nullable Buffer take(ReplicaStream stream) {
    lock.lock();
    try {
      while (!stream.isReady()) {
        changed.awaitUninterruptibly();
      }
      return stream.poll();
    } finally {
      lock.unlock();
    }
  }
}
