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
 * Sends one chunk to all of its replicas at once. The writer keeps step with the fastest replicas
 * that make a write quorum. The others may fall behind by a window; then the writer waits for them
 * a moment, and drops them.
 */
final class ChunkFan {
  /** Only a full write quorum is enough. */
  static final int STRICT = Integer.MAX_VALUE;

  /** The writer waits while one of the fastest W replicas has more than this left to send. */
  static final long WINDOW_BYTES = 1 << 20;

  /** A replica that is further behind holds too much memory. */
  static final long LAG_BYTES = 2 << 20;

  /** Less than any backlog: makes the fan wait for a replica until its chunk is durable. */
  private static final long UNDONE = -1;

  /** The time that one chunk spends, in all, waiting for healthy replicas that lag. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** The time without any progress after which the chunk fails. */
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

  /** Grows whenever a replica makes progress. */
  private long steps;

  /**
   * @param least the replicas of a set that are enough while the others can't be reached; {@link
   *     #STRICT} for nothing less than a quorum
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

  /**
   * Hands the bytes to every replica, and waits until a write quorum has room for more.
   *
   * @throws BlobUnavailableException when no write quorum can take the chunk any more
   */
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

  /** Tells the replicas that they have all bytes and should make them durable. */
  void end() {
    locked(() -> {
      streams.forEach(ReplicaStream::end);
      return true;
    });
  }

  /**
   * Returns when a write quorum has the chunk on stable storage.
   *
   * @throws BlobUnavailableException when no write quorum can have it any more
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
   * Gives replicas that have not been sent everything the rest of their grace, so that memory stays
   * bounded. A replica that only waits for its disk holds no memory, and may take as long as a
   * reply may take.
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
   * Stops the replicas that have not been handed the whole chunk. Waits a moment for those that are
   * about to make it durable, so that they can be told to drop it.
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

  /**
   * Whether the replicas that meet the condition are a write quorum, or at least {@code least}
   * while all others have failed or are suspected.
   */
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
        if (!quorum(stream -> !nodes.isFull(stream.node()))) {
          throw new StorageFullException();
        }
        throw new BlobUnavailableException(
            "too few replicas take chunk " + id.index() + " of blob " + id.blob());
      }
      long before = steps;
      left = waitFor(left);
      left = before == steps ? left : STALL_NANOS;
    }
  }

  @SuppressWarnings("WaitNotInLoop") // waitFor's callers loop
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

  void full(NodeId node) {
    nodes.full(node);
  }

  void suspect(NodeId node) {
    nodes.suspect(node);
  }

  /** Changes or checks the state under the lock, and wakes all waiting threads. */
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
