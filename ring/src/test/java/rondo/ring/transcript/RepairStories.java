package rondo.ring.transcript;

import static rondo.ring.transcript.RegisterStories.in;
import static rondo.ring.transcript.RegisterStories.replicas;
import static rondo.ring.transcript.TranscriptStage.node;
import static rondo.ring.transcript.TranscriptStage.value;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.hint.HintStore;
import rondo.ring.hint.HintedHandoff;
import rondo.ring.hint.HintedNetwork;
import rondo.ring.hint.SloppyQuorum;
import rondo.ring.placement.Quorums;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Network;
import rondo.ring.repair.SettledLayout;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.value.Key;

/** Stories of replicas that missed a write, and of its way to them. */
final class RepairStories {
  private RepairStories() {}

  static List<TranscriptStory> all() {
    return List.of(
        new TranscriptStory(
            "hinted-handoff",
            "Hinted handoff",
            """
            C is down while K writes. The write is done without it. C has not said that it took the
            state; once two seconds have passed, K writes that down on its disk (it looks every
            second). When C is back, it is given the state, and K forgets the hint.
            """,
            RepairStories::handoff),
        new TranscriptStory(
            "sloppy-quorum-hands-off",
            "A sloppy quorum that hands off",
            """
            A, B and C own x; B and C are down, and x is of a bucket that prefers availability. K
            waits 0.3 seconds for the owners, suspects the silent ones, and asks the next nodes on
            the ring as well. Each of these has hints for the owners on its disk before it says
            that it took the state: it may be nowhere else. When the owners are back, they get it.
            """,
            RepairStories::sloppy));
  }

  /** A key named x that A, B and C own. */
  private static Key owned(SettledLayout copies) {
    var owners = List.of(node("A"), node("B"), node("C"));
    return IntStream.range(0, 1000)
        .mapToObj(i -> TranscriptStage.key("p" + i, "x"))
        .filter(key -> {
          var nodes = copies.of(key.partition()).writeSets().getFirst().nodes();
          return nodes.size() == 3 && nodes.containsAll(owners);
        })
        .findFirst()
        .orElseThrow();
  }

  private static HintedHandoff handoff(
      TranscriptStage stage,
      HintedNetwork hinted,
      Network network,
      HintStore hints,
      SettledLayout copies) {
    var handoff =
        new HintedHandoff(
            hinted,
            network,
            hints,
            copies::layout,
            stage::isDown,
            stage.simulation,
            stage.simulation.time(),
            HintedHandoff.DEFAULT_LIFE);
    stage.simulation.start("keep", handoff::keep);
    stage.simulation.start("hand off", handoff::run);
    return handoff;
  }

  private static void handoff(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    SettledLayout copies = SettledLayout.of(new Ring(8), 3, Replication.DEFAULT);
    Key x = owned(copies);
    Network network = stage.network("K");
    var hinted = new HintedNetwork(node("K"), network, stage.time("K"));
    handoff(stage, hinted, network, new TranscriptHints(stage, "K"), copies);
    Coordinator k = stage.coordinator("K", copies, hinted);
    stage.at(
        1000,
        () -> {
          stage.crash("C");
          stage.tell("K", "writes x = \"red\"", () -> k.write(x, value("red"), in(stage, 2000)));
        });
    stage.at(5500, () -> stage.restart("C"));
    stage.at(8000, () -> {});
  }

  private static void sloppy(TranscriptStage stage) {
    replicas(stage, "A", "B", "C", "D", "E");
    SettledLayout copies = SettledLayout.of(new Ring(8), 5, Replication.DEFAULT);
    Key x = owned(copies);
    for (String name : List.of("D", "E")) {
      var hints = new TranscriptHints(stage, name);
      Network network = stage.network(name);
      var rows = Objects.requireNonNull(stage.rows.get(node(name)));
      stage.replicas.put(
          node(name),
          new RowsOnlyNode(
              rows::answer, new SloppyQuorum(node(name), hints, copies::layout, stage.time(name))));
      handoff(
          stage, new HintedNetwork(node(name), network, stage.time(name)), network, hints, copies);
    }
    Coordinator k = stage.coordinator("K", copies).sloppy(Quorums.OF_LAYOUT);
    stage.at(
        1000,
        () -> {
          stage.crash("B");
          stage.crash("C");
          stage.tell("K", "writes x = \"red\"", () -> k.write(x, value("red"), in(stage, 2000)));
          stage.tell("K", "reads x", () -> k.read(x, ConsistencyLevel.QUORUM, in(stage, 2000)));
        });
    stage.at(
        3500,
        () -> {
          stage.restart("B");
          stage.restart("C");
        });
    stage.at(6000, () -> {});
  }
}
