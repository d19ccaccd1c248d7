package rondo.storage.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Replica;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * Stands before a node's replica and, while it is closed, holds back all requests on rows, reads as
 * well as writes. So each of the replica's replies tells of its state before the gate closed, or is
 * given after it has opened. Thread-safe.
 */
public final class RequestGate {
  private final Tasks tasks;
  private final Time time;

  // Guarded by this.
  private final List<Mailbox<Boolean>> waiting = new ArrayList<>();
  private int underWay;
  private boolean closed;
  private long closedUntilNanos;
  private @Nullable Mailbox<Boolean> drained;

  public RequestGate(Tasks tasks, Time time) {
    this.tasks = tasks;
    this.time = time;
  }

  /** Returns the replica with this gate before it. */
  public Replica before(Replica replica) {
    return (from, request) -> handle(replica, from, request);
  }

  private Reply handle(Replica replica, NodeId from, Request request) {
    if (!(request instanceof Request.Rows) || request instanceof Request.TakeSnapshot) {
      return replica.handle(from, request);
    }
    enter();
    try {
      return replica.handle(from, request);
    } finally {
      leave();
    }
  }

  private void enter() {
    while (true) {
      Mailbox<Boolean> opened;
      long untilNanos;
      synchronized (this) {
        if (!isClosed()) {
          underWay++;
          return;
        }
        opened = tasks.mailbox();
        waiting.add(opened);
        untilNanos = closedUntilNanos;
      }
      opened.take(untilNanos);
    }
  }

  private synchronized void leave() {
    underWay--;
    if (underWay == 0 && drained != null) {
      drained.put(true);
    }
  }

  /**
   * Closes the gate, and returns once no request on rows is under way. False, with an open gate,
   * when it was closed already, or requests don't end in time.
   *
   * @param leaseNanos after which the gate opens by itself
   * @param drainNanos how long the requests under way may take
   */
  boolean close(long leaseNanos, long drainNanos) {
    Mailbox<Boolean> ended = tasks.mailbox();
    long nowNanos = time.nanos();
    synchronized (this) {
      if (isClosed()) {
        return false;
      }
      closed = true;
      closedUntilNanos = nowNanos + leaseNanos;
      drained = ended;
      if (underWay == 0) {
        return true;
      }
    }
    if (ended.take(nowNanos + drainNanos) != null) {
      return true;
    }
    open();
    return false;
  }

  /** Opens the gate; whether it was closed until now. */
  synchronized boolean open() {
    boolean was = isClosed();
    closed = false;
    drained = null;
    waiting.forEach(one -> one.put(true));
    waiting.clear();
    return was;
  }

  /** Under the lock: a gate whose lease has run out is open, and was so for an unknown time. */
  private boolean isClosed() {
    if (closed && time.nanos() - closedUntilNanos >= 0) {
      closed = false;
      drained = null;
      waiting.clear();
    }
    return closed;
  }
}
