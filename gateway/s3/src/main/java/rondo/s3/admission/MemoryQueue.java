package rondo.s3.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for memory, a queue per client. What is freed goes to the first request of
 * the client that holds least, and nothing passes it. Thread-safe.
 */
final class MemoryQueue {
  /** One of the waiting requests looks this often for paused ones to cut. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final MemoryBudget budget;
  private final PausedRequests paused;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClientUse, ArrayDeque<Waiter>> queues = new LinkedHashMap<>();
  private volatile boolean contended;
  private long waitingBytes;

  /** The one that wakes up to look, on behalf of all; null when none does. */
  private @Nullable Waiter looker;

  /** A request that waits. Guarded by the lock. */
  private final class Waiter {
    final RequestMemory request;
    final long bytes;
    final Condition changed = lock.newCondition();
    boolean granted;

    Waiter(RequestMemory request, long bytes) {
      this.request = request;
      this.bytes = bytes;
    }
  }

  MemoryQueue(MemoryBudget budget, PausedRequests paused) {
    this.budget = budget;
    this.paused = paused;
  }

  /** Whether any request waits. */
  boolean isContended() {
    return contended;
  }

  /** Waits for memory; false when there was none in time, or too many wait already. */
  boolean await(RequestMemory request, long bytes, Duration patience) {
    lock.lock();
    try {
      ClientUse client = request.client();
      ArrayDeque<Waiter> queue = queues.computeIfAbsent(client, one -> new ArrayDeque<>());
      // One may always wait: what it holds is admitted already.
      if (queue.size() >= Math.max(1, budget.mostWaiting())) {
        return false;
      }
      var waiter = new Waiter(request, bytes);
      queue.add(waiter);
      waitingBytes += bytes;
      contended = true;
      grant();
      return await(client, waiter, System.nanoTime() + patience.toNanos());
    } finally {
      lock.unlock();
    }
  }

  private boolean await(ClientUse client, Waiter waiter, long deadline) {
    try {
      long left = deadline - System.nanoTime();
      while (!waiter.granted && !waiter.request.hasLeft() && left > 0) {
        looker = looker == null ? waiter : looker;
        if (looker == waiter) {
          look();
        }
        long slept = looker == waiter ? Math.min(left, LOOK_NANOS) : left;
        long unslept = waiter.changed.awaitNanos(slept);
        left -= slept - Math.max(0, unslept);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended(client, waiter);
    }
    return waiter.granted;
  }

  private void ended(ClientUse client, Waiter waiter) {
    if (!waiter.granted) {
      remove(client, waiter);
      grant();
    }
    if (looker == waiter) {
      looker = null;
      queues.values().stream().findFirst().ifPresent(next -> next.getFirst().changed.signal());
    }
  }

  private void remove(ClientUse client, Waiter waiter) {
    ArrayDeque<Waiter> queue = queues.get(client);
    if (queue != null && queue.remove(waiter)) {
      waitingBytes -= waiter.bytes;
      if (queue.isEmpty()) {
        queues.remove(client);
      }
      contended = !queues.isEmpty();
    }
  }

  /** Memory was freed. */
  void freed() {
    if (contended) {
      lock.lock();
      try {
        grant();
      } finally {
        lock.unlock();
      }
    }
  }

  void abandon(RequestMemory request) {
    if (!contended) {
      return;
    }
    lock.lock();
    try {
      ArrayDeque<Waiter> queue = queues.get(request.client());
      if (queue != null) {
        queue.stream().filter(one -> one.request == request).forEach(one -> one.changed.signal());
      }
    } finally {
      lock.unlock();
    }
  }

  private void grant() {
    while (true) {
      Waiter next = next();
      if (next == null || !budget.reserve(next.request, next.bytes)) {
        return;
      }
      remove(next.request.client(), next);
      next.granted = true;
      next.changed.signal();
    }
  }

  /** The first request of the client that holds least, among those whose share has room. */
  private @Nullable Waiter next() {
    return queues.entrySet().stream()
        .filter(queue -> budget.fits(queue.getKey(), queue.getValue().getFirst().bytes))
        .min(Comparator.comparingLong(queue -> queue.getKey().heldBytes()))
        .map(queue -> queue.getValue().getFirst())
        .orElse(null);
  }

  /** Cuts paused requests, as many as those that wait need. */
  private void look() {
    long now = System.nanoTime();
    long neediest = queues.keySet().stream().mapToLong(ClientUse::heldBytes).min().orElse(0);
    paused.cut(budget.all(), waitingBytes, neediest, now);
  }
}
