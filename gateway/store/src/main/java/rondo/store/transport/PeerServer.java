package rondo.store.transport;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.message.MalformedException;
import rondo.ring.message.MessageCodec;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Replica;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.store.trace.ServedRequest;

/**
 * The node port. It lets in the nodes that the register trusts, judges them again at each request,
 * and answers on a virtual thread of its own. Any other connection is told why, closed and counted.
 * Thread-safe.
 */
public final class PeerServer {
  private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);

  /** The most requests of one connection in work; beyond it the connection isn't read. */
  private static final int MOST_IN_WORK = 512;

  private static final long GREETING_MILLIS = 5000;

  /** A replica that takes so long for one message is why its request is slow. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx;
  private final Peer peer;
  private final PeerRegister register;
  private final Replica replica;
  private final BulkServer bulk;
  private final Tasks tasks;
  private final PeerCounters counters;
  private final RefusalLog refusals;
  private final NetServer server;
  private final Time time;
  private final AtomicLong toldNanos;

  public PeerServer(
      Vertx vertx,
      Peer peer,
      PeerRegister register,
      Replica replica,
      BulkServer bulk,
      Tasks tasks,
      Time time,
      PeerCounters counters) {
    this.vertx = vertx;
    this.peer = peer;
    this.register = register;
    this.replica = replica;
    this.bulk = bulk;
    this.tasks = tasks;
    this.counters = counters;
    this.refusals = new RefusalLog(LOG, time);
    this.time = time;
    this.toldNanos = new AtomicLong(time.nanos() - SLOW_NANOS);
    this.server =
        vertx
            .createNetServer(PeerTls.server(peer.credentials()))
            .connectHandler(this::accept)
            .exceptionHandler(failed -> refused(TlsFailure.describe(failed)));
  }

  /** Starts to listen; returns the port. */
  public Future<Integer> listen(String host, int port) {
    return server.listen(port, host).map(NetServer::actualPort);
  }

  /** Closes the port. */
  public Future<Void> close() {
    return server.close();
  }

  private void accept(NetSocket socket) {
    long timer = vertx.setTimer(GREETING_MILLIS, late -> refuse(socket, "no greeting in time"));
    socket.closeHandler(closed -> vertx.cancelTimer(timer));
    GreetingReader.read(
        socket,
        greeting -> {
          vertx.cancelTimer(timer);
          greeted(socket, greeting);
        },
        refusal -> refuse(socket, refusal.why()));
  }

  private void greeted(NetSocket socket, Greeting greeting) {
    if (greeting.version() != Greeting.VERSION) {
      refuse(socket, "protocol version " + greeting.version());
    } else if (!greeting.cluster().equals(peer.cluster())) {
      refuse(
          socket,
          "cluster %s has another join token than cluster %s: compare the tokens"
              .formatted(greeting.cluster(), peer.cluster()));
    } else {
      PeerIdentity from = PeerTls.identity(socket, greeting.node(), peer);
      if (from == null) {
        refuse(socket, "no certificate");
      } else {
        admit(socket, greeting, from);
      }
    }
  }

  private void admit(NetSocket socket, Greeting greeting, PeerIdentity from) {
    PeerRegister.Standing standing = register.of(from);
    boolean asks = standing.isNewcomer() && greeting.kind() == Greeting.Kind.MESSAGES;
    if (!standing.isMember() && !asks) {
      refuse(socket, standing);
    } else {
      var mine = new Greeting(Greeting.VERSION, greeting.kind(), peer.self(), 0, peer.cluster());
      socket.write(MessageFrames.frame(mine.encode()));
      switch (greeting.kind()) {
        case BULK -> bulk.serve(socket, () -> register.allowsBulk(from));
        case MESSAGES -> new Session(socket, from).start();
      }
    }
  }

  /** One line a second is enough to find a slow disk. */
  private boolean mayTell(long nowNanos) {
    long before = toldNanos.get();
    return nowNanos - before >= SLOW_NANOS && toldNanos.compareAndSet(before, nowNanos);
  }

  private void refuse(NetSocket socket, String why) {
    refuse(socket, PeerRegister.Standing.stranger(why));
  }

  private void refuse(NetSocket socket, PeerRegister.Standing standing) {
    refused(socket.remoteAddress() + ": " + standing.why());
    boolean lost = standing.trust() == PeerRegister.Trust.LOST;
    long epoch = standing.isDismissed() ? standing.epoch() : 0;
    socket.end(MessageFrames.frame(new ConnectionRefusal(lost, epoch, standing.why()).encode()));
  }

  private void hangUp(NetSocket socket, String why) {
    refused(socket.remoteAddress() + ": " + why);
    socket.close();
  }

  private void refused(String why) {
    counters.refused.increment();
    refusals.note(why);
  }

  /** The requests of one connection. */
  private final class Session {
    private final NetSocket socket;
    private final PeerIdentity from;
    private final AtomicInteger inWork = new AtomicInteger();

    Session(NetSocket socket, PeerIdentity from) {
      this.socket = socket;
      this.from = from;
    }

    void start() {
      socket.exceptionHandler(failed -> socket.close());
      socket.handler(
          new MessageFrames(
              PeerConnection.LONGEST_FRAME, this::request, why -> hangUp(socket, why)));
      socket.resume();
    }

    private void request(Buffer frame) {
      if (frame.length() < Long.BYTES) {
        hangUp(socket, "a frame without an id");
        return;
      }
      if (inWork.incrementAndGet() == MOST_IN_WORK) {
        socket.pause();
      }
      String id = ServedRequest.idOf(frame.getLong(0));
      tasks.start(id.isEmpty() ? "replica" : "replica-" + id, () -> answer(frame));
    }

    private Reply reply(Request request) {
      long began = time.nanos();
      Reply refusal = register.refusal(from, request);
      Reply reply = refusal == null ? replica.handle(from.node(), request) : refusal;
      long nanos = time.nanos() - began;
      if (nanos >= SLOW_NANOS && mayTell(began)) {
        LOG.info(
            "took {} ms to answer {} of node {}",
            TimeUnit.NANOSECONDS.toMillis(nanos),
            request.getClass().getSimpleName(),
            from.node());
      } else if (LOG.isDebugEnabled()) {
        LOG.debug(
            "{} of node {}: {}, {} ms",
            request.getClass().getSimpleName(),
            from.node(),
            reply.getClass().getSimpleName(),
            TimeUnit.NANOSECONDS.toMillis(nanos));
      }
      return reply;
    }

    private void answer(Buffer frame) {
      try {
        PeerRegister.Standing standing = register.of(from);
        if (!standing.isMember() && !standing.isNewcomer()) {
          hangUp(socket, standing.why());
          return;
        }
        Request request =
            MessageCodec.decodeRequest(ByteBuffer.wrap(frame.getBytes(Long.BYTES, frame.length())));
        byte[] reply = MessageCodec.encode(reply(request));
        counters.served.increment();
        socket.write(
            Buffer.buffer(Integer.BYTES + Long.BYTES + reply.length)
                .appendInt(Long.BYTES + reply.length)
                .appendLong(frame.getLong(0))
                .appendBytes(reply));
      } catch (MalformedException e) {
        hangUp(socket, String.valueOf(e.getMessage()));
      } finally {
        if (inWork.decrementAndGet() == MOST_IN_WORK / 2) {
          socket.resume();
        }
      }
    }
  }
}
