package rondo.store.transport;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Replica;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.store.trace.RequestParts;

/**
 * The ring's network. It has one connection to each node that is called, opened when it is first
 * needed. After a failed attempt, requests to the node are refused at once for a moment. The own
 * node is called directly. Thread-safe.
 */
public final class PeerNetwork implements Network, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final long EXPIRY_MILLIS = 1000;
  private static final long BACKOFF_NANOS = 250_000_000;

  /** The most requests that wait for one connection to open. */
  private static final int MOST_QUEUED = 1024;

  private record QueuedRequest(Request request, long deadlineNanos, Mailbox<Answer> answers) {}

  /** The state of the connection to one address. Guarded by itself. */
  private static final class Link {
    private final Deque<QueuedRequest> queue = new ArrayDeque<>();
    private @Nullable PeerConnection open;
    private boolean dialing;
    private long notBeforeNanos;
    private String trouble = "";
  }

  private final NodeId self;
  private final PeerDialer dialer;
  private final PeerAddresses addresses;
  private final Tasks tasks;
  private final Time time;
  private final PeerCounters counters;
  private final Replica local;
  private final ConcurrentHashMap<String, Link> links = new ConcurrentHashMap<>();

  /**
   * @param local answers the requests of this node to itself
   */
  public PeerNetwork(
      Vertx vertx,
      NodeId self,
      PeerDialer dialer,
      PeerAddresses addresses,
      Replica local,
      Tasks tasks,
      Time time,
      PeerCounters counters) {
    this.self = self;
    this.dialer = dialer;
    this.addresses = addresses;
    this.local = local;
    this.tasks = tasks;
    this.time = time;
    this.counters = counters;
    vertx.setPeriodic(EXPIRY_MILLIS, tick -> expire());
  }

  @Override
  public void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    Mailbox<Answer> timed = RequestParts.timing(to, request, answers);
    if (to.equals(self)) {
      tasks.start("own-replica", () -> timed.put(new Answer(self, local.handle(self, request))));
      return;
    }
    String address = addresses.of(to);
    if (address == null) {
      timed.put(new Answer(to, unavailable("no address is known")));
      return;
    }
    // A negative id stands for an address whose node isn't known yet.
    @Nullable NodeId expected = to.value() < 0 ? null : to;
    send(address, expected, new QueuedRequest(request, deadlineNanos, timed));
  }

  /** Sends a request to the node at {@code address}; the answer names the node. */
  public void send(String address, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    send(address, null, new QueuedRequest(request, deadlineNanos, answers));
  }

  private void send(String address, @Nullable NodeId expected, QueuedRequest queued) {
    Link link = links.computeIfAbsent(address + " " + expected, place -> new Link());
    PeerConnection open;
    synchronized (link) {
      open = link.open;
      if (open == null && !queue(link, queued)) {
        NodeId who = expected == null ? self : expected;
        queued.answers.put(new Answer(who, unavailable(link.trouble)));
        failed(expected, 1);
        return;
      }
      if (open == null && !link.dialing) {
        link.dialing = true;
        dial(link, address, expected);
      }
    }
    if (open != null) {
      deliver(open, queued);
    }
  }

  private boolean queue(Link link, QueuedRequest queued) {
    boolean failed = !link.dialing && !link.trouble.isEmpty();
    boolean backingOff = failed && time.nanos() - link.notBeforeNanos < 0;
    return !backingOff && link.queue.size() < MOST_QUEUED && link.queue.add(queued);
  }

  private void dial(Link link, String address, @Nullable NodeId expected) {
    Future<PeerDialer.DialedPeer> dialed = dialer.dial(address, expected, Greeting.Kind.MESSAGES);
    dialed.onSuccess(connected -> opened(link, connected));
    dialed.onFailure(failure -> failed(link, address, expected, failure));
  }

  private void opened(Link link, PeerDialer.DialedPeer dialed) {
    NodeId node = dialed.greeting().node();
    var connection =
        new PeerConnection(
            node, dialed.socket(), time, counters.of(node), gone -> closed(link, gone));
    synchronized (link) {
      link.open = connection;
      link.dialing = false;
      link.trouble = "";
      link.queue.forEach(queued -> deliver(connection, queued));
      link.queue.clear();
    }
  }

  private static void closed(Link link, PeerConnection gone) {
    synchronized (link) {
      if (gone.equals(link.open)) {
        link.open = null;
      }
    }
  }

  private void failed(Link link, String address, @Nullable NodeId expected, Throwable failure) {
    synchronized (link) {
      if (link.trouble.isEmpty()) {
        LOG.info("can't reach {}: {}", address, failure.getMessage());
      }
      link.dialing = false;
      link.notBeforeNanos = time.nanos() + BACKOFF_NANOS;
      link.trouble = "can't reach " + address + ": " + failure.getMessage();
      NodeId who = expected == null ? self : expected;
      link.queue.forEach(q -> q.answers.put(new Answer(who, unavailable(link.trouble))));
      failed(expected, link.queue.size());
      link.queue.clear();
    }
  }

  /** Counts messages that never left. */
  private void failed(@Nullable NodeId expected, int count) {
    if (expected != null) {
      PeerUse use = counters.of(expected);
      use.sent.add(count);
      use.failed.add(count);
    }
  }

  private void deliver(PeerConnection connection, QueuedRequest queued) {
    counters.sent.increment();
    connection.send(queued.request, queued.deadlineNanos, queued.answers);
  }

  private void expire() {
    long now = time.nanos();
    for (Link link : links.values()) {
      synchronized (link) {
        if (link.open != null) {
          link.open.expire(now);
        }
      }
    }
  }

  private static Reply unavailable(String why) {
    return new Reply.Refused(Reply.Reason.UNAVAILABLE, why);
  }

  @Override
  public void close() {
    for (Link link : links.values()) {
      synchronized (link) {
        if (link.open != null) {
          link.open.close();
        }
      }
    }
  }
}
