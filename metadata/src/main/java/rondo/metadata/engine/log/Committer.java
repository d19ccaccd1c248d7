package rondo.metadata.engine.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;

/**
 * Group commit of the log: one thread writes and syncs, in order and in one batch, all writes that
 * gathered while the disk was busy with the batch before. Any number of threads add writes and wait
 * for them. After a failure nothing is tried again: a sync that failed once may succeed the next
 * time without having written anything. Thread-safe.
 */
public final class Committer implements Runnable {
  /** One sync takes at most so much, so that no waiter stands behind an endless frame. */
  private static final long BATCH_BYTES = 4 << 20;

  private final LogWriter writer;
  private final EngineCounters counters;
  private final long queueBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private final Condition committed = lock.newCondition();
  private final ArrayDeque<LogWriter.Pending> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean closing;
  private volatile long durable;
  private volatile @Nullable EngineException failure;

  /**
   * @param queueBytes bytes of records that may wait before {@link #add} waits
   * @param durable the last sequence number that is on stable storage already
   */
  public Committer(LogWriter writer, EngineCounters counters, long queueBytes, long durable) {
    this.writer = writer;
    this.counters = counters;
    this.queueBytes = queueBytes;
    this.durable = durable;
  }

  /**
   * Queues a write; waits while the queue is full. Callers add writes in the order of their
   * sequence numbers.
   */
  public void add(LogWriter.Pending pending) {
    lock.lock();
    try {
      if (queuedBytes > queueBytes) {
        counters.stalls().increment();
      }
      // This waits no longer than one sync takes: its batch has left the queue.
      while (queuedBytes > queueBytes && failure == null) {
        taken.awaitUninterruptibly();
      }
      if (closing) {
        throw new EngineException("the engine is closed");
      }
      check();
      queue.add(pending);
      queuedBytes += pending.record().length();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns once all writes up to {@code sequence} are on stable storage.
   *
   * @throws EngineException when the disk failed before that
   */
  public void awaitDurable(long sequence) {
    if (durable >= sequence) {
      return;
    }
    lock.lock();
    try {
      while (durable < sequence) {
        check();
        committed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks that writes are still taken.
   *
   * @throws EngineException when the disk failed
   */
  public void check() {
    EngineException cause = failure;
    if (cause != null) {
      throw new EngineException(String.valueOf(cause.getMessage()), cause);
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** Stops for good: from now on nothing is written, and all threads that wait get an exception. */
  public void fail(String message, @Nullable Throwable cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure =
            cause == null ? new EngineException(message) : new EngineException(message, cause);
      }
      queue.clear();
      queuedBytes = 0;
      arrived.signalAll();
      taken.signalAll();
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread once all writes that were added are durable. */
  public void close() {
    lock.lock();
    try {
      closing = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    boolean ended = false;
    try {
      for (List<LogWriter.Pending> batch = take(); !batch.isEmpty(); batch = take()) {
        writer.write(batch);
        publish(batch.getLast().sequence());
      }
      writer.end();
      writer.close();
      ended = true;
    } catch (IOException e) {
      fail("the log can't be written: " + e.getMessage(), e);
      ended = true;
    } finally {
      if (!ended) {
        fail("the log's thread died", null);
      }
    }
  }

  /** Waits for writes and returns those that have gathered; empty at the end. */
  private List<LogWriter.Pending> take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closing && failure == null) {
        arrived.awaitUninterruptibly();
      }
      var batch = new ArrayList<LogWriter.Pending>();
      long bytes = 0;
      while (!queue.isEmpty() && bytes < BATCH_BYTES) {
        LogWriter.Pending next = queue.remove();
        bytes += next.record().length();
        batch.add(next);
      }
      queuedBytes -= bytes;
      taken.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void publish(long sequence) {
    lock.lock();
    try {
      durable = sequence;
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
