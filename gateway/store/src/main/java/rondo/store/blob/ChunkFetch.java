package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.store.chunk.ChunkException;
import rondo.store.chunk.ChunkNodes;
import rondo.store.chunk.ChunkStore;

/**
 * Reads a range of one chunk. It asks one replica. When that replica fails, the next one goes on
 * where it stopped; when it is slow, another one races it, and the first to bring the next piece
 * goes on alone ("hedged requests": Dean and Barroso, "The Tail at Scale"). Used by one thread,
 * from {@link #start} to {@link #cancel}.
 */
final class ChunkFetch {
  /** The most bytes held here, so that a slow client costs little memory. */
  static final int WINDOW_BYTES = 512 * 1024;

  private final ChunkNodes nodes;
  private final ChunkId id;
  private final int offset;
  private final int length;
  private final Iterator<NodeId> candidates;
  private final long hedgeNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final List<Attempt> running = new ArrayList<>();
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private @Nullable Piece lent;
  private int heldBytes;

  /** Bytes that have arrived, whether handed out or still held. */
  private int received;

  private String lastFailure = "no replica";

  ChunkFetch(
      ChunkNodes nodes,
      List<NodeId> candidates,
      ChunkId id,
      int offset,
      int length,
      long hedgeNanos) {
    this.nodes = nodes;
    this.candidates = candidates.iterator();
    this.id = id;
    this.offset = offset;
    this.length = length;
    this.hedgeNanos = hedgeNanos;
  }

  /** Asks the first replica. Bytes that arrive are held until {@link #next} takes them. */
  ChunkFetch start() {
    lock.lock();
    try {
      tryNext();
    } finally {
      lock.unlock();
    }
    return this;
  }

  private boolean tryNext() {
    if (!candidates.hasNext()) {
      return false;
    }
    var attempt = new Attempt(candidates.next(), received);
    running.add(attempt);
    Thread.ofVirtual().name("get " + id).start(attempt::run);
    return true;
  }

  /**
   * The next piece, lent until the next call; null at the end.
   *
   * @throws BlobUnavailableException when every replica failed
   */
  @Nullable Buffer next() {
    lock.lock();
    try {
      if (lent != null) {
        lent.from().done(lent.bytes());
        lent = null;
      }
      while (pieces.isEmpty() && received < length) {
        awaitPiece();
      }
      Piece piece = pieces.poll();
      if (piece == null) {
        return null;
      }
      lent = piece;
      heldBytes -= piece.bytes().length();
      changed.signalAll();
      return piece.bytes();
    } finally {
      lock.unlock();
    }
  }

  private void awaitPiece() {
    if (running.isEmpty() && !tryNext()) {
      throw new BlobUnavailableException(
          "no replica gives chunk " + id.index() + " of blob " + id.blob() + ": " + lastFailure);
    }
    int before = received;
    long left = hedgeNanos;
    while (left > 0 && received == before && !running.isEmpty()) {
      left = waitFor(left);
    }
    if (received == before && !running.isEmpty()) {
      running.forEach(attempt -> nodes.suspect(attempt.node));
      tryNext();
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

  /** Ends the fetch: asks no more replicas and holds no more bytes. */
  void cancel() {
    lock.lock();
    try {
      received = length;
      pieces.clear();
      running.forEach(Attempt::cancel);
      running.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private record Piece(Buffer bytes, ChunkStore.Download from) {}

  /** A request to one replica. */
  private final class Attempt {
    private final NodeId node;
    private final int from;
    private ChunkStore.@Nullable Download download;

    Attempt(NodeId node, int from) {
      this.node = node;
      this.from = from;
    }

    void run() {
      String failure = "node " + node + " gave too little";
      try (var opened = nodes.of(node).get(id, offset + from, length - from)) {
        if (begun(opened)) {
          var piece = opened.next();
          while (piece != null && deliver(new Piece(piece, opened))) {
            piece = opened.next();
          }
        }
      } catch (ChunkException e) {
        failure = String.valueOf(e.getMessage());
        switch (e.reason()) {
          case UNREACHABLE -> failed(node);
          case ABSENT, CORRUPT -> nodes.lacks(node, id);
          default -> {}
        }
      } finally {
        ended(failure);
      }
    }

    private void failed(NodeId failed) {
      lock.lock();
      try {
        // This attempt lost a race and was cancelled: the node is not to blame.
        if (running.contains(this)) {
          nodes.suspect(failed);
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean begun(ChunkStore.Download opened) {
      lock.lock();
      try {
        download = opened;
        return running.contains(this);
      } finally {
        lock.unlock();
      }
    }

    /** False when another attempt was first, or the fetch was cancelled. */
    private boolean deliver(Piece piece) {
      lock.lock();
      try {
        if (!running.contains(this)) {
          return false;
        }
        for (Attempt other : running) {
          if (other != this) {
            other.cancel();
          }
        }
        running.removeIf(other -> other != this);
        pieces.add(piece);
        received += piece.bytes().length();
        heldBytes += piece.bytes().length();
        changed.signalAll();
        while (heldBytes >= WINDOW_BYTES && running.contains(this)) {
          changed.awaitUninterruptibly();
        }
        return running.contains(this);
      } finally {
        lock.unlock();
      }
    }

    private void ended(String failure) {
      lock.lock();
      try {
        if (running.remove(this)) {
          lastFailure = failure;
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void cancel() {
      if (download != null) {
        download.cancel();
      }
    }
  }
}
