package rondo.ring.transcript;

import static rondo.ring.transcript.RegisterStories.in;
import static rondo.ring.transcript.RegisterStories.replicas;
import static rondo.ring.transcript.TranscriptStage.MILLIS;
import static rondo.ring.transcript.TranscriptStage.node;
import static rondo.ring.transcript.TranscriptStage.value;

import java.util.List;
import java.util.Objects;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.quorum.Messenger;
import rondo.ring.rebuild.LosingRows;
import rondo.ring.rebuild.Rebuild;
import rondo.ring.repair.RepairPace;
import rondo.ring.repair.SettledLayout;
import rondo.ring.value.Key;

/** Stories of a replica whose disk has lost rows. */
final class RebuildStories {
  private static final Key X = TranscriptStage.key("p", "x");
  private static final long LONGEST_NANOS = 3000 * MILLIS;

  private RebuildStories() {}

  static List<TranscriptStory> all() {
    return List.of(
        new TranscriptStory(
            "replica-abstains",
            "A replica that abstains after it has lost rows",
            """
            Damage to its disk takes x from C, which had helped to make the write of "red" a quorum.
            If C answered now that x was never written, then B and C together would make a read
            quorum without the write. So C refuses everything about x, as if it were down. While A is
            down too, a read is refused; as soon as A is back, A and B are a quorum, and the write
            is found.
            """,
            RebuildStories::abstains),
        new TranscriptStory(
            "replica-is-rebuilt",
            "A replica that is rebuilt",
            """
            C has lost its rows. It waits until no operation can be under way any more that had
            counted on one of its votes (3 seconds here). Then it asks the others what they
            remember: states, and promises and votes too. Any two others meet every quorum that C
            was part of. With the sum of what they say, C votes again.
            """,
            RebuildStories::rebuilt));
  }

  private static LosingRows rows(TranscriptStage stage, String name) {
    return Objects.requireNonNull(stage.rows.get(node(name)));
  }

  private static void abstains(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    Coordinator k = stage.coordinator("K", RegisterStories.ABC);
    stage.at(
        1000,
        () -> {
          stage.crash("B");
          stage.tell("K", "writes x = \"red\"", () -> k.write(X, value("red"), in(stage, 2000)));
          stage.restart("B");
          rows(stage, "C").loseAll();
          stage.note("C", "has lost its rows");
          stage.crash("A");
          stage.tell(
              "K", "reads x", () -> k.read(X, ConsistencyLevel.LINEARIZABLE, in(stage, 100)));
          stage.restart("A");
          stage.tell(
              "K", "reads x", () -> k.read(X, ConsistencyLevel.LINEARIZABLE, in(stage, 2000)));
        });
  }

  private static void rebuilt(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    SettledLayout copies = SettledLayout.of(new Ring(4), 3, Replication.DEFAULT);
    Coordinator k = stage.coordinator("K", copies);
    var rebuild =
        new Rebuild(
            node("C"),
            copies::layout,
            rows(stage, "C"),
            new Messenger(stage.network("C"), stage.simulation, stage.time("C")),
            RepairPace.DEFAULT,
            LONGEST_NANOS,
            Rebuild.STRETCH_PAGES);
    stage.at(
        1000,
        () -> {
          stage.tell("K", "writes x = \"red\"", () -> k.write(X, value("red"), in(stage, 2000)));
          rows(stage, "C").loseAll();
          stage.note("C", "has lost its rows");
          stage.simulation.start("rebuild", rebuild::run);
          stage.note("C", "waits for the end of operations that may have counted on it");
          do {
            stage.simulation.pause(MILLIS);
          } while (rebuild.status().ranges() > 0);
          stage.note("C", "votes again");
          stage.crash("A");
          stage.tell(
              "K", "reads x", () -> k.read(X, ConsistencyLevel.LINEARIZABLE, in(stage, 2000)));
        });
  }
}
