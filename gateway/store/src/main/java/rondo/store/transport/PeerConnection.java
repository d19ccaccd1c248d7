package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import rondo.ring.message.Answer;
import rondo.ring.message.MalformedException;
import rondo.ring.message.MessageCodec;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.store.trace.ServedRequest;

/**
 * An open connection that carries requests to one node, many at once. Thread-safe.
 *
 * <pre>
 * request = id(8), MessageCodec request    the id as ServedRequest makes it, or a number
 * reply   = id(8), MessageCodec reply
 * </pre>
 */
final class PeerConnection {
  static final int LONGEST_FRAME = Long.BYTES + MessageCodec.LARGEST_MESSAGE;

  /** A node with more unanswered requests than this counts as unavailable. */
  private static final int MOST_WAITING = 4096;

  /**
   * After so long with overdue answers and no reply at all, the connection is closed. Requests may
   * pile up in this node's memory, and TCP retries ever more rarely; a new connection shows sooner
   * whether the node is there.
   */
  private static final long SILENCE_NANOS = 3_000_000_000L;

  private static final long NEVER = Long.MIN_VALUE;

  private record PendingRequest(Mailbox<Answer> answers, long sentNanos, long deadlineNanos) {}

  private final NodeId node;
  private final NetSocket socket;
  private final Time time;
  private final PeerUse use;
  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentHashMap<Long, PendingRequest> waiting = new ConcurrentHashMap<>();
  private final Consumer<PeerConnection> closed;
  private volatile boolean heard;
  private long overdueNanos = NEVER;

  /**
   * @param use counts the messages
   */
  PeerConnection(
      NodeId node, NetSocket socket, Time time, PeerUse use, Consumer<PeerConnection> closed) {
    this.time = time;
    this.use = use;
    this.node = node;
    this.socket = socket;
    this.closed = closed;
    socket.exceptionHandler(failed -> socket.close());
    socket.closeHandler(gone -> {
      use.failed.add(waiting.size());
      waiting.clear();
      closed.accept(this);
    });
    socket.handler(new MessageFrames(LONGEST_FRAME, this::reply, malformed -> socket.close()));
    socket.resume();
  }

  NodeId node() {
    return node;
  }

  /** Sends the request, or refuses it at once when too many are under way. */
  void send(Request request, long deadlineNanos, Mailbox<Answer> answers) {
    use.sent.increment();
    if (waiting.size() >= MOST_WAITING || (socket.writeQueueFull() && waiting.size() > 256)) {
      use.failed.increment();
      answers.put(new Answer(node, busy()));
      return;
    }
    long traced = ServedRequest.nextMessage();
    long id = traced == 0 ? ids.incrementAndGet() : traced;
    waiting.put(id, new PendingRequest(answers, time.nanos(), deadlineNanos));
    byte[] message = MessageCodec.encode(request);
    socket.write(
        Buffer.buffer(Integer.BYTES + Long.BYTES + message.length)
            .appendInt(Long.BYTES + message.length)
            .appendLong(id)
            .appendBytes(message));
  }

  /**
   * Forgets the requests whose deadline has passed, and hangs up after silence. Used by one thread.
   */
  void expire(long nowNanos) {
    boolean expired = waiting.values().removeIf(entry -> isOverdue(entry, nowNanos));
    if (heard) {
      heard = false;
      overdueNanos = NEVER;
    } else if (expired && overdueNanos == NEVER) {
      overdueNanos = nowNanos;
    } else if (expired && nowNanos - overdueNanos > SILENCE_NANOS) {
      // Told here, since the socket's own close may wait for bytes that the other side doesn't
      // read.
      closed.accept(this);
      socket.close();
    }
  }

  private boolean isOverdue(PendingRequest entry, long nowNanos) {
    boolean overdue = entry.deadlineNanos - nowNanos < 0;
    if (overdue) {
      use.failed.increment();
    }
    return overdue;
  }

  void close() {
    socket.close();
  }

  private static Reply busy() {
    return new Reply.Refused(
        Reply.Reason.UNAVAILABLE, "too many requests to this node are under way");
  }

  private void reply(Buffer frame) {
    heard = true;
    PendingRequest entry = frame.length() < Long.BYTES ? null : waiting.remove(frame.getLong(0));
    if (entry == null) {
      return;
    }
    try {
      Reply reply =
          MessageCodec.decodeReply(ByteBuffer.wrap(frame.getBytes(Long.BYTES, frame.length())));
      use.answered.add(time.nanos() - entry.sentNanos);
      entry.answers.put(new Answer(node, reply));
    } catch (MalformedException e) {
      socket.close();
    }
  }
}
