package rondo.ring.transcript;

import static rondo.ring.transcript.RegisterStories.in;
import static rondo.ring.transcript.TranscriptStage.MILLIS;
import static rondo.ring.transcript.TranscriptStage.node;
import static rondo.ring.transcript.TranscriptStage.value;

import java.util.List;
import java.util.stream.Stream;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Ring;
import rondo.ring.port.Placements;
import rondo.ring.port.Replica;
import rondo.ring.quorum.Messenger;
import rondo.ring.quorum.Round;
import rondo.ring.rebuild.LosingRows;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/** Stories of a key that moves from some replicas to others. */
final class LayoutStories {
  private static final Key X = TranscriptStage.key("p", "x");
  private static final ReplicaSet OLD = set("A", "B", "C");
  private static final ReplicaSet NEW = set("B", "C", "D");
  private static final List<Placement> EPOCHS =
      List.of(
          new Placement(0, List.of(OLD), List.of(OLD)),
          new Placement(1, List.of(OLD), List.of(OLD, NEW)),
          new Placement(2, List.of(NEW), List.of(NEW)));

  private LayoutStories() {}

  static List<TranscriptStory> all() {
    return List.of(
        new TranscriptStory(
            "layout-change-meets-a-crash",
            "A layout change that meets a crash",
            """
            x goes from A, B, C to B, C, D, in three epochs. Epoch 0 asks the old three, epoch 1
            reads from the old and writes to both, epoch 2 asks the new three. D copies x in epoch
            1, and crashes on the way. That costs time and nothing else: epoch 1 goes on, and K,
            whose layout is old, is told so and writes to a quorum of both sets. D starts over, and
            only then does epoch 2 begin. L, which has missed all of it, is told so, and reads what
            K wrote.
            """,
            LayoutStories::change));
  }

  private static ReplicaSet set(String... names) {
    return new ReplicaSet(Stream.of(names).map(TranscriptStage::node).toList(), 2);
  }

  /** The layout that one node knows. */
  private static final class EpochView implements Placements {
    private int epoch;

    @Override
    public Placement of(Bytes partition) {
      return EPOCHS.get(epoch);
    }

    @Override
    public void stale(long newer) {
      epoch = (int) newer;
    }
  }

  /** A replica that answers under the epoch that it has installed, or a newer one. */
  private static final class EpochReplica implements Replica {
    private final Replica inner = new LosingRows(new Ring(4), 10, false, false).node;
    private long epoch;

    @Override
    public Reply handle(NodeId from, Request request) {
      if (request.epoch() < epoch) {
        return new Reply.Stale(epoch);
      }
      epoch = request.epoch();
      return request instanceof Request.Install ? new Reply.Done() : inner.handle(from, request);
    }
  }

  private static void install(TranscriptStage stage, long epoch) {
    Round round =
        new Messenger(stage.network("D"), stage.simulation, stage.time("D"))
            .round(epoch, List.of(OLD), in(stage, 2000));
    round.gather(
        new Request.Install(epoch, Bytes.EMPTY),
        Reply.Done.class::isInstance,
        Round.Persistence.NONE);
    stage.note("D", "uses epoch " + epoch + ": no quorum of the one before can form any more");
  }

  private static void change(TranscriptStage stage) {
    List.of("A", "B", "C", "D").forEach(name -> stage.replicas.put(node(name), new EpochReplica()));
    var knownToD = new EpochView();
    Coordinator k = stage.coordinator("K", new EpochView());
    Coordinator l = stage.coordinator("L", new EpochView());
    Coordinator d = stage.coordinator("D", knownToD);
    stage.at(
        1000,
        () ->
            stage.tell("K", "writes x = \"red\"", () -> k.write(X, value("red"), in(stage, 2000))));
    stage.simulation.start(
        "first copy",
        () -> {
          stage.simulation.pause(1100 * MILLIS);
          install(stage, 1);
          knownToD.stale(1);
          stage.note("D", "copies x");
          d.settle(X, in(stage, 2000));
        });
    stage.at(1103, () -> stage.crash("D"));
    stage.at(
        1200,
        () ->
            stage.tell(
                "K", "writes x = \"blue\"", () -> k.write(X, value("blue"), in(stage, 2000))));
    stage.at(
        4000,
        () -> {
          stage.restart("D");
          stage.tell("D", "copies x, from the start", () -> d.settle(X, in(stage, 2000)));
          install(stage, 2);
          knownToD.stale(2);
        });
    stage.at(
        5000,
        () ->
            stage.tell(
                "L", "reads x", () -> l.read(X, ConsistencyLevel.LINEARIZABLE, in(stage, 2000))));
  }
}
