package rondo.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.ring.message.Answer;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Replica;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;
import rondo.store.chunk.ChunkServer;
import rondo.store.chunk.ChunkStore;
import rondo.store.system.SystemPorts;

/** Two ends of the node port over real sockets. */
@Timeout(60)
@Tag("long")
final class PeersTest {
  private static final NodeId ONE = new NodeId(1);
  private static final NodeId TWO = new NodeId(2);
  private static final Reply.Pong PONG =
      new Reply.Pong(List.of(new NodeState(TWO, 7, 7, 7, 7, 7, false)));

  private final Vertx vertx = Vertx.vertx();
  private final Authority authority = Authority.create();
  private final BlockingQueue<NodeId> asked = new ArrayBlockingQueue<>(1000);
  private final PeerCounters counters = new PeerCounters();
  private final int port = serve(peer(TWO, authority, authority.cluster()));

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void a_request_is_answered_by_the_node_that_was_asked() throws InterruptedException {
    Answer answer = ask(peer(ONE, authority, authority.cluster()), TWO);
    assertThat(answer).isEqualTo(new Answer(TWO, PONG));
    assertThat(asked.take()).isEqualTo(ONE);
  }

  @Test
  void an_address_can_be_asked_without_knowing_who_is_there() {
    assertThat(ask(peer(ONE, authority, authority.cluster()), new NodeId(-1)).from())
        .isEqualTo(TWO);
  }

  @Test
  void many_requests_share_a_connection() {
    try (PeerNetwork network = network(peer(ONE, authority, authority.cluster()))) {
      Mailbox<Answer> answers = SystemPorts.TASKS.mailbox();
      long deadline = SystemPorts.TIME.nanos() + TimeUnit.SECONDS.toNanos(20);
      for (int i = 0; i < 200; i++) {
        network.send(TWO, new Request.Ping(i, PONG.states()), deadline, answers);
      }
      for (int i = 0; i < 200; i++) {
        assertThat(answers.take(deadline)).isEqualTo(new Answer(TWO, PONG));
      }
    }
  }

  @Test
  void a_node_of_an_rsa_authority_is_answered_too() throws Exception {
    Authority helm = Authority.parse(AuthorityTest.helmToken());
    int other = serve(peer(TWO, helm, helm.cluster()));
    try (PeerNetwork network = network(peer(ONE, helm, helm.cluster()), other)) {
      assertThat(ask(network, TWO).reply()).isInstanceOf(Reply.Pong.class);
    }
  }

  @Test
  void a_certificate_of_another_cluster_reaches_nothing() {
    var stranger = peer(ONE, Authority.create(), authority.cluster());
    assertThat(ask(stranger, TWO).reply()).isInstanceOf(Reply.Refused.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void another_cluster_in_the_greeting_reaches_nothing() {
    assertThat(ask(peer(ONE, authority, "another"), TWO).reply()).isInstanceOf(Reply.Refused.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_node_can_not_greet_as_another_one() {
    var impostor = new Peer(ONE, authority.cluster(), authority.issue(new NodeId(3)));
    assertThat(ask(impostor, TWO).reply()).isInstanceOf(Reply.Refused.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void another_node_at_the_address_is_not_taken_for_the_one_that_is_meant() {
    assertThat(ask(peer(ONE, authority, authority.cluster()), new NodeId(9)).reply())
        .isInstanceOf(Reply.Refused.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void whoever_has_no_certificate_is_hung_up_on() {
    for (boolean tls : new boolean[] {false, true}) {
      var options = new NetClientOptions();
      options.setSsl(tls).setTrustAll(true).setHostnameVerificationAlgorithm("");
      sendAndAwaitClose(options, Buffer.buffer("GET / HTTP/1.1\r\nHost: here\r\n\r\n"));
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void garbage_behind_a_good_certificate_is_hung_up_on() {
    var options = PeerTls.client(authority.issue(ONE));
    int refused = 0;
    for (Buffer garbage :
        List.of(
            Buffer.buffer("GET / HTTP/1.1\r\nHost: here\r\n\r\n"),
            Buffer.buffer().appendInt(5).appendString("hello"),
            Buffer.buffer().appendInt(Integer.MAX_VALUE),
            MessageFrames.frame(greeting(2, authority.cluster())),
            MessageFrames.frame(greeting(1, "another")),
            MessageFrames.frame(greeting(1, authority.cluster()))
                .appendBuffer(MessageFrames.frame(Buffer.buffer("too early"))))) {
      sendAndAwaitClose(options, garbage);
      assertThat(counters.refused()).as(garbage.toString()).isEqualTo(++refused);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void a_node_that_greets_and_then_reads_nothing_is_dialed_again() {
    var silent = peer(TWO, authority, authority.cluster());
    var greetings = new Semaphore(0);
    int mute = await(listen(silent, greetings));
    try (PeerNetwork network = network(peer(ONE, authority, authority.cluster()), mute)) {
      Mailbox<Answer> answers = SystemPorts.TASKS.mailbox();
      long end = SystemPorts.TIME.nanos() + TimeUnit.SECONDS.toNanos(30);
      while (greetings.availablePermits() < 2 && SystemPorts.TIME.nanos() < end) {
        long soon = SystemPorts.TIME.nanos() + TimeUnit.MILLISECONDS.toNanos(50);
        network.send(TWO, new Request.Ping(1, PONG.states()), soon, answers);
        answers.take(soon);
      }
    }
    assertThat(greetings.availablePermits()).isGreaterThanOrEqualTo(2);
  }

  private Future<Integer> listen(Peer silent, Semaphore greetings) {
    var mine = new Greeting(Greeting.VERSION, Greeting.Kind.MESSAGES, TWO, 0, authority.cluster());
    return vertx
        .createNetServer(PeerTls.server(silent.credentials()))
        .connectHandler(socket -> {
          greetings.release();
          socket.write(MessageFrames.frame(mine.encode()));
          socket.pause();
        })
        .listen(0, "127.0.0.1")
        .map(NetServer::actualPort);
  }

  private static Buffer greeting(int version, String cluster) {
    return new Greeting(version, Greeting.Kind.MESSAGES, ONE, 0, cluster).encode();
  }

  private void sendAndAwaitClose(NetClientOptions options, Buffer bytes) {
    var closed = new CompletableFuture<Boolean>();
    NetClient client = vertx.createNetClient(options);
    client
        .connect(port, "127.0.0.1")
        .onSuccess(socket -> closeThenTell(socket, bytes, closed))
        .onFailure(failed -> closed.complete(true));
    assertThat(closed.join()).isTrue();
    // The client must be held until here: without a holder it is closed, with its connections.
    await(client.close());
  }

  private static void closeThenTell(
      NetSocket socket, Buffer bytes, CompletableFuture<Boolean> closed) {
    socket.closeHandler(gone -> closed.complete(true));
    socket.exceptionHandler(failed -> socket.close());
    socket.write(bytes);
  }

  private Answer ask(Peer peer, NodeId node) {
    try (PeerNetwork network = network(peer)) {
      return ask(network, node);
    }
  }

  private static Answer ask(PeerNetwork network, NodeId node) {
    Mailbox<Answer> answers = SystemPorts.TASKS.mailbox();
    long deadline = SystemPorts.TIME.nanos() + TimeUnit.SECONDS.toNanos(20);
    network.send(node, new Request.Ping(1, PONG.states()), deadline, answers);
    return Objects.requireNonNull(answers.take(deadline), "silence");
  }

  private PeerNetwork network(Peer peer) {
    return network(peer, port);
  }

  private PeerNetwork network(Peer peer, int to) {
    PeerAddresses addresses = node -> "127.0.0.1:" + to;
    var dialer = new PeerDialer(vertx, peer, new VouchedPeers(), addresses);
    Replica own = (from, request) -> new Reply.Done();
    return new PeerNetwork(
        vertx,
        peer.self(),
        dialer,
        addresses,
        own,
        SystemPorts.TASKS,
        SystemPorts.TIME,
        new PeerCounters());
  }

  private int serve(Peer peer) {
    Replica replica =
        (from, request) -> {
          asked.add(from);
          return PONG;
        };
    var server =
        new PeerServer(
            vertx,
            peer,
            new VouchedPeers(),
            replica,
            new ChunkServer(new NoChunks()),
            SystemPorts.TASKS,
            SystemPorts.TIME,
            counters);
    return await(server.listen("127.0.0.1", 0));
  }

  private static Peer peer(NodeId node, Authority authority, String cluster) {
    return new Peer(node, cluster, authority.issue(node));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static final class NoChunks implements ChunkStore {
    @Override
    public Upload put(ChunkId id, int length, Bytes owner, long epoch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Download get(ChunkId id, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void drop(List<ChunkId> ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ListedChunk> list(@Nullable ChunkId after, int limit) {
      return List.of();
    }

    @Override
    public Names names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch) {
      throw new UnsupportedOperationException();
    }
  }
}
