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

  private record Queued(Request request, long deadlineNanos, Mailbox<Answer> answers) {}

  /** The state of the connection to one address. Guarded by itself. */
  private static final class Way {
    private final Deque<Queued> queue = new ArrayDeque<>();
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
  private final ConcurrentHashMap<String, Way> ways = new ConcurrentHashMap<>();

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
    if (to.equals(self)) {
      tasks.start("own-replica", () -> answers.put(new Answer(self, local.handle(self, request))));
      return;
    }
    String address = addresses.of(to);
    if (address == null) {
      answers.put(new Answer(to, unavailable("no address is known")));
      return;
    }
    // A negative id stands for an address whose node isn't known yet.
    @Nullable NodeId expected = to.value() < 0 ? null : to;
    send(address, expected, new Queued(request, deadlineNanos, answers));
  }

  /** Sends a request to the node at {@code address}; the answer names the node. */
  public void send(String address, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    send(address, null, new Queued(request, deadlineNanos, answers));
  }

  private void send(String address, @Nullable NodeId expected, Queued queued) {
    Way way = ways.computeIfAbsent(address + " " + expected, place -> new Way());
    PeerConnection open;
    synchronized (way) {
      open = way.open;
      if (open == null && !queue(way, queued)) {
        NodeId who = expected == null ? self : expected;
        queued.answers.put(new Answer(who, unavailable(way.trouble)));
        return;
      }
      if (open == null && !way.dialing) {
        way.dialing = true;
        dial(way, address, expected);
      }
    }
    if (open != null) {
      deliver(open, queued);
    }
  }

  private boolean queue(Way way, Queued queued) {
    boolean failed = !way.dialing && !way.trouble.isEmpty();
    boolean backingOff = failed && time.nanos() - way.notBeforeNanos < 0;
    return !backingOff && way.queue.size() < MOST_QUEUED && way.queue.add(queued);
  }

  private void dial(Way way, String address, @Nullable NodeId expected) {
    Future<PeerDialer.Dialed> dialed = dialer.dial(address, expected, Greeting.Kind.MESSAGES);
    dialed.onSuccess(connected -> opened(way, connected));
    dialed.onFailure(failure -> failed(way, address, expected, failure));
  }

  private void opened(Way way, PeerDialer.Dialed dialed) {
    NodeId node = dialed.greeting().node();
    var connection = new PeerConnection(node, dialed.socket(), gone -> closed(way, gone));
    synchronized (way) {
      way.open = connection;
      way.dialing = false;
      way.trouble = "";
      way.queue.forEach(queued -> deliver(connection, queued));
      way.queue.clear();
    }
  }

  private static void closed(Way way, PeerConnection gone) {
    synchronized (way) {
      if (gone.equals(way.open)) {
        way.open = null;
      }
    }
  }

  private void failed(Way way, String address, @Nullable NodeId expected, Throwable failure) {
    synchronized (way) {
      if (way.trouble.isEmpty()) {
        LOG.info("can't reach {}: {}", address, failure.getMessage());
      }
      way.dialing = false;
      way.notBeforeNanos = time.nanos() + BACKOFF_NANOS;
      way.trouble = "can't reach " + address + ": " + failure.getMessage();
      NodeId who = expected == null ? self : expected;
      way.queue.forEach(q -> q.answers.put(new Answer(who, unavailable(way.trouble))));
      way.queue.clear();
    }
  }

  private void deliver(PeerConnection connection, Queued queued) {
    counters.sent.increment();
    connection.send(queued.request, queued.deadlineNanos, queued.answers);
  }

  private void expire() {
    long now = time.nanos();
    for (Way way : ways.values()) {
      synchronized (way) {
        if (way.open != null) {
          way.open.expire(now);
        }
      }
    }
  }

  private static Reply unavailable(String why) {
    return new Reply.Refused(Reply.Reason.UNAVAILABLE, why);
  }

  @Override
  public void close() {
    for (Way way : ways.values()) {
      synchronized (way) {
        if (way.open != null) {
          way.open.close();
        }
      }
    }
  }
}
