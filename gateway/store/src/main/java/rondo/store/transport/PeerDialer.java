package rondo.store.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;

/** Opens connections to other nodes: TCP, mutual TLS, greetings both ways. Thread-safe. */
public final class PeerDialer implements BulkDialer {
  private static final long GREETING_MILLIS = 3000;

  /** An open, paused connection and the greeting of the node at its other end. */
  record DialedPeer(NetSocket socket, Greeting greeting) {}

  private final Vertx vertx;
  private final NetClient client;
  private final Peer peer;
  private final PeerRegister register;
  private final PeerAddresses addresses;

  public PeerDialer(Vertx vertx, Peer peer, PeerRegister register, PeerAddresses addresses) {
    this.vertx = vertx;
    this.client = vertx.createNetClient(PeerTls.client(peer.credentials()));
    this.peer = peer;
    this.register = register;
    this.addresses = addresses;
  }

  @Override
  public Future<NetSocket> dial(NodeId to) {
    String address = addresses.of(to);
    return address == null
        ? Future.failedFuture("no address of node " + to)
        : dial(address, to, Greeting.Kind.BULK).map(DialedPeer::socket);
  }

  /**
   * Connects to the node at {@code address}.
   *
   * @param expected the node that must be there; null for any node of the cluster
   */
  Future<DialedPeer> dial(String address, @Nullable NodeId expected, Greeting.Kind kind) {
    int colon = address.lastIndexOf(':');
    return client
        .connect(Integer.parseInt(address.substring(colon + 1)), address.substring(0, colon))
        .compose(socket -> greet(socket, expected, kind))
        .recover(failure -> Future.failedFuture(TlsFailure.describe(failure)));
  }

  private Future<DialedPeer> greet(
      NetSocket socket, @Nullable NodeId expected, Greeting.Kind kind) {
    Promise<DialedPeer> greeted = Promise.promise();
    GreetingReader.read(
        socket,
        answer -> {
          String wrong = wrong(socket, answer, expected);
          if (wrong == null) {
            greeted.tryComplete(new DialedPeer(socket, answer));
          } else {
            greeted.tryFail(wrong);
          }
        },
        refusal -> greeted.tryFail(heard(socket, refusal, expected)));
    socket.closeHandler(closed -> greeted.tryFail("closed before its greeting"));
    var mine = new Greeting(Greeting.VERSION, kind, peer.self(), 0, peer.cluster());
    socket.write(MessageFrames.frame(mine.encode()));
    long timer = vertx.setTimer(GREETING_MILLIS, late -> greeted.tryFail("no greeting in time"));
    return greeted
        .future()
        .onComplete(done -> vertx.cancelTimer(timer))
        .onFailure(failed -> socket.close());
  }

  private @Nullable String wrong(NetSocket socket, Greeting answer, @Nullable NodeId expected) {
    if (answer.version() != Greeting.VERSION) {
      return "protocol version " + answer.version();
    }
    if (!answer.cluster().equals(peer.cluster())) {
      return "a node of another cluster, " + answer.cluster();
    }
    PeerIdentity there = PeerTls.identity(socket, answer.node(), peer);
    if (there == null) {
      return "no certificate";
    }
    if (expected != null && !expected.equals(answer.node())) {
      return "node %s is meant, and node %s answers: the address belongs to another node now"
          .formatted(expected, answer.node());
    }
    PeerRegister.Standing standing = register.there(there);
    boolean meant = standing.isMember() || (standing.isNewcomer() && expected == null);
    return meant ? null : standing.why();
  }

  /** What the other side refuses; a dismissal counts only from a member. */
  private String heard(NetSocket socket, ConnectionRefusal refusal, @Nullable NodeId expected) {
    PeerIdentity there = expected == null ? null : PeerTls.identity(socket, expected, peer);
    if (refusal.epoch() > 0 && there != null && register.there(there).isMember()) {
      register.dismissed(refusal.why(), refusal.epoch(), refusal.lost());
    }
    return refusal.why();
  }
}
