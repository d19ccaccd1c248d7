package rondo.store.system;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.table.Tables;
import rondo.ring.layout.Layout;
import rondo.ring.message.Answer;
import rondo.ring.message.MessageCodec;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Network;
import rondo.ring.port.Replica;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.RepairPace;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.storage.node.NodeReplica;
import rondo.storage.node.SumProgress;

/**
 * Two replicas of many rows that differ in ten of them: measures how many bytes they exchange until
 * they are equal, and how long that takes. Run by hand, with a folder, a number of rows, and a
 * number of shards.
 */
final class HowMuchDoReplicasExchange {
  private static final Ring RING = new Ring(256);
  private static final int DIFFERENT = 10;

  private final Map<NodeId, Replica> replicas = new TreeMap<>();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong stamps = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();

  private HowMuchDoReplicasExchange() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int shards = Integer.parseInt(arguments[2]);
    new HowMuchDoReplicasExchange().run(folder, count, shards);
    System.exit(0);
  }

  private void run(Path folder, int count, int shards) {
    for (long id = 1; id <= 2; id++) {
      var options = EngineOptions.defaults(Durability.NONE);
      var engine = LogEngine.open(folder.resolve("engine" + id), options, SystemPorts.TIME);
      var replica = new NodeReplica(engine, () -> RING);
      long start = System.nanoTime();
      for (int row = 0; row < count; row++) {
        if (row % (count / DIFFERENT) != 0 || row / (count / DIFFERENT) % 2 != id - 1) {
          replica.answer(put(row, shards));
        }
      }
      System.out.printf("wrote in %.1f s%n", (System.nanoTime() - start) / 1e9);
      start = System.nanoTime();
      while (replica.countMore() != SumProgress.DONE) {}
      System.out.printf("counted after a start in %.1f s%n", (System.nanoTime() - start) / 1e9);
      replicas.put(new NodeId(id), new RowsOnlyNode(replica::answer));
    }
    compare();
    compare();
  }

  private static Request.Rows put(int row, int shards) {
    var shard = Bytes.utf8("shard " + row % shards);
    var key = new Key(Tables.UPLOADS, shard, Bytes.utf8("photos/2026/" + row + ".jpg"));
    var state = new VersionedValue(new Stamp(1 + row, 1, 0), Bytes.wrap(new byte[200]));
    return new Request.Propagate(1, key, state);
  }

  private void compare() {
    Layout layout = layout();
    var pace = new RepairPace(Duration.ofHours(1), Duration.ofMillis(10), Duration.ofSeconds(10));
    var repair = new AntiEntropy(new NodeId(1), () -> layout, network(), TASKS, TIME, pace);
    messages.set(0);
    bytes.set(0);
    stamps.set(0);
    rows.set(0);
    long start = System.nanoTime();
    TASKS.start("anti-entropy", repair::run);
    while (repair.status().looks() == 0) {
      TASKS.mailbox().take(TIME.nanos() + 1_000_000);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    repair.stop();
    System.out.printf(
        "compared in %.2f s: %d messages, %d bytes, %d stamps and %d rows between the nodes; %s%n",
        seconds, messages.get(), bytes.get(), stamps.get(), rows.get(), repair.status());
  }

  private static Layout layout() {
    Layout layout = Layout.first("cluster", RING, node(1), Replication.DEFAULT);
    while (layout.nodes().size() < 2 || layout.joint()) {
      Layout next = layout.joint() ? null : layout.next(layout.members().with(node(2)));
      layout = next == null ? layout.settled() : next;
    }
    return layout;
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "", 1L << 40, "node-" + id, "");
  }

  /** A network that counts the bytes sent to the other node. */
  private Network network() {
    return (to, request, deadlineNanos, answers) ->
        TASKS.start(
            "request",
            () -> {
              Reply reply =
                  replicas.getOrDefault(to, (_, _) -> new Reply.Done()).handle(to, request);
              if (to.value() == 2) {
                count(request, reply);
              }
              answers.put(new Answer(to, reply));
            });
  }

  private void count(Request request, Reply reply) {
    messages.incrementAndGet();
    bytes.addAndGet(MessageCodec.encode(request).length + MessageCodec.encode(reply).length);
    stamps.addAndGet(reply instanceof Reply.Stamps told ? told.rows().size() : 0);
    rows.addAndGet(reply instanceof Reply.Rows told ? told.rows().size() : 0);
    rows.addAndGet(request instanceof Request.PushRows told ? told.rows().size() : 0);
  }
}
