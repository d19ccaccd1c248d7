package rondo.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.ring.message.Answer;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.value.NodeId;
import rondo.store.system.SystemPorts;

/**
 * A certificate is the container of a key: its dates don't matter, and what a node may ask is its
 * key's. Both sides say why in one sentence.
 */
@Timeout(120)
final class BadCertificatesTest {
  private static final NodeId ONE = new NodeId(1);
  private static final NodeId TWO = new NodeId(2);
  private static final List<NodeState> STATES = List.of(new NodeState(ONE, 7, 7, 7, 7, 7, false));
  private final Instant now = Instant.now();
  private static final Duration YEAR = Duration.ofDays(365);

  private final Vertx vertx = Vertx.vertx();
  private final Authority authority = Authority.create();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Authority.Credentials good(NodeId node) {
    return authority.issue(node);
  }

  private Authority.Credentials valid(NodeId node, Instant from, Instant until) {
    return authority.issue(node.toString(), from, until);
  }

  @Test
  void dates_do_not_matter() {
    var expired = valid(TWO, now.minus(YEAR), now.minus(Duration.ofMinutes(1)));
    var early = valid(ONE, now.plus(Duration.ofHours(1)), now.plus(YEAR));
    assertThat(refusal(good(ONE), good(TWO))).isNull();
    assertThat(refusal(early, expired)).isNull();
    assertThat(refusal(valid(ONE, now.minus(YEAR), now.minus(YEAR.dividedBy(2))), good(TWO)))
        .isNull();
  }

  @Test
  void one_of_another_authority_is_refused_on_both_sides() {
    Authority other = Authority.create();
    assertThat(refusal(other.issue(ONE), good(TWO))).contains("not vouched for");
    assertThat(refusal(good(ONE), other.issue(TWO))).contains("not vouched for");
  }

  @Test
  void one_without_a_name_or_with_another_name_is_refused() {
    for (String name : List.of("", "someone", TWO.toString())) {
      var nameless = authority.issue(name, now.minus(YEAR), now.plus(YEAR));
      assertThat(refusal(nameless, good(TWO))).as(name).contains("not vouched for");
    }
  }

  @Test
  void one_that_stands_for_itself_is_refused() {
    var credentials = Authority.create().issue(ONE);
    var claiming =
        new Authority.Credentials(
            credentials.certificate(), credentials.key(), authority.certificatePem());
    assertThat(refusal(claiming, good(TWO))).contains("not vouched for");
  }

  /** Asks node two from node one; null when it answers, else why not. */
  private @Nullable String refusal(Authority.Credentials ofOne, Authority.Credentials ofTwo) {
    var server =
        new PeerServer(
            vertx,
            new Peer(TWO, authority.cluster(), ofTwo),
            new VouchedPeers(),
            (from, request) -> new Reply.Done(),
            (socket, admitted) -> socket.close(),
            SystemPorts.TASKS,
            SystemPorts.TIME,
            new PeerCounters());
    int port = await(server.listen("127.0.0.1", 0));
    PeerAddresses addresses = node -> "127.0.0.1:" + port;
    var dialer =
        new PeerDialer(
            vertx, new Peer(ONE, authority.cluster(), ofOne), new VouchedPeers(), addresses);
    try (var network =
        new PeerNetwork(
            vertx,
            ONE,
            dialer,
            addresses,
            (from, request) -> new Reply.Done(),
            SystemPorts.TASKS,
            SystemPorts.TIME,
            new PeerCounters())) {
      Mailbox<Answer> answers = SystemPorts.TASKS.mailbox();
      long deadline = SystemPorts.TIME.nanos() + TimeUnit.SECONDS.toNanos(60);
      network.send(TWO, new Request.Ping(1, STATES), deadline, answers);
      Reply reply = Objects.requireNonNull(answers.take(deadline), "silence").reply();
      return reply instanceof Reply.Refused refused ? refused.detail() : null;
    } finally {
      await(server.close());
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
