package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.call;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.table.Tables;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import rondo.storage.folder.DataFolder;
import rondo.store.system.SystemPorts;
import rondo.store.transport.Authority;
import rondo.store.transport.Peer;
import rondo.store.transport.PeerCounters;
import rondo.store.transport.PeerDialer;
import rondo.store.transport.PeerIdentity;
import rondo.store.transport.PeerNetwork;
import rondo.store.transport.PeerRegister;

/** A node that was removed reaches nothing any more, with its key and certificate. */
@Timeout(300)
@Tag("node")
final class DismissedNodeTest {
  @TempDir Path folder = Path.of("");

  private final Vertx vertx = Vertx.vertx();

  @Test
  void a_removed_node_reads_nothing_and_a_member_must_show_its_own_key() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n1", List.of()));
      NodeProcess first = nodes.getFirst();
      for (String name : List.of("n2", "n3", "n4")) {
        nodes.add(start(name, joining(first)));
      }
      await(first, "\"holders\" : 4", "\"moving\" : false");
      nodes.removeLast().close();
      Peer n4 = peer("n4", "n4");
      assertThat(ask(n4, first)).isInstanceOf(Reply.State.class);
      assertThat(ask(peer("n4", "n3"), first).toString())
          .contains("shows another key than the cluster has of it");

      String order = "{\"orders\":[\"lose n4\"]}";
      assertThat(call(first, first.adminPort(), "POST", "/layout/now", order)).startsWith("200");
      String shown = "";
      while (!shown.contains("\"silent\" : [ ]")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        shown = call(first, first.adminPort(), "GET", "/layout", "");
      }
      for (NodeProcess node : nodes) {
        assertThat(ask(n4, node).toString()).contains("this node was given up");
      }
    } finally {
      nodes.forEach(NodeProcess::close);
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** The node of one folder, by the key of another. */
  private Peer peer(String name, String key) throws IOException {
    DataFolder.Identity identity = DataFolder.identity(folder.resolve(name)).orElseThrow();
    Path from = folder.resolve(key);
    var credentials =
        new Authority.Credentials(
            Files.readString(from.resolve("node.pem")),
            Files.readString(from.resolve("node-key.pem")),
            Files.readString(from.resolve("authority.pem")));
    return new Peer(identity.node(), identity.cluster(), credentials);
  }

  /** What a node answers who asks for a user's secret. */
  private Reply ask(Peer peer, NodeProcess node) {
    Reply reply = new Reply.Stale(1);
    while (reply instanceof Reply.Stale(long epoch)) {
      reply = ask(peer, node, epoch);
    }
    return reply;
  }

  private Reply ask(Peer peer, NodeProcess node, long epoch) {
    String address = "127.0.0.1:" + node.nodePort();
    var dialer = new PeerDialer(vertx, peer, new AnyPeer(), to -> address);
    try (var network =
        new PeerNetwork(
            vertx,
            peer.self(),
            dialer,
            to -> address,
            (from, request) -> new Reply.Done(),
            SystemPorts.TASKS,
            SystemPorts.TIME,
            new PeerCounters())) {
      Mailbox<Answer> answers = SystemPorts.TASKS.mailbox();
      long deadline = SystemPorts.TIME.nanos() + TimeUnit.SECONDS.toNanos(20);
      var secrets = new Key(Tables.KEYS, Bytes.utf8("AKIA"), Bytes.EMPTY);
      network.send(new NodeId(-1), new Request.Query(epoch, secrets, true), deadline, answers);
      return Objects.requireNonNull(answers.take(deadline), "silence").reply();
    }
  }

  private static void await(NodeProcess node, String... parts) throws Exception {
    String status = "";
    while (!List.of(parts).stream().allMatch(status::contains)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      status = call(node, node.adminPort(), "GET", "/status", "");
    }
  }

  private List<String> joining(NodeProcess first) {
    return NodeCalls.joining(first, folder.resolve("n1").resolve(JoinToken.FILE));
  }

  private NodeProcess start(String name, List<String> more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(name),
                "--node=" + name,
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    flags.addAll(more);
    return NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
  }

  /** A node that talks to anybody. */
  private record AnyPeer() implements PeerRegister {
    @Override
    public Standing of(PeerIdentity peer) {
      return new Standing(Trust.MEMBER, "", 1);
    }

    @Override
    public Standing there(PeerIdentity peer) {
      return of(peer);
    }

    @Override
    public boolean allowsBulk(PeerIdentity from) {
      return true;
    }

    @Override
    public @Nullable Reply refusal(PeerIdentity from, Request request) {
      return null;
    }

    @Override
    public void dismissed(String why, long epoch, boolean lost) {}
  }
}
