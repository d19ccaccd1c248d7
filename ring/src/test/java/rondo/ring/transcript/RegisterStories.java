package rondo.ring.transcript;

import static rondo.ring.transcript.TranscriptStage.MILLIS;
import static rondo.ring.transcript.TranscriptStage.node;
import static rondo.ring.transcript.TranscriptStage.value;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Ring;
import rondo.ring.port.Placements;
import rondo.ring.rebuild.LosingRows;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** Stories of reads, writes and conditional writes of one register on three replicas. */
final class RegisterStories {
  private static final Key X = TranscriptStage.key("p", "x");

  private RegisterStories() {}

  static List<TranscriptStory> all() {
    return List.of(
        new TranscriptStory(
            "write-reaches-two-of-three",
            "A write that reaches two of three",
            """
            A, B and C hold x; C is down. K coordinates a write. It asks a read quorum for the
            newest stamp first, draws a larger one from its clock, and sends the value to all
            three. Two answers make a write quorum, so the write is done two round trips after it
            began: nobody waits for C.
            """,
            RegisterStories::twoOfThree),
        new TranscriptStory(
            "read-repairs",
            "A read that repairs",
            """
            A write of "new" reached A and no other replica, because its coordinator died. L reads.
            It asks A for the value and B for the stamp, and sees two stamps: the larger one wins,
            but only A is known to hold it. So L brings it to a write quorum before it answers:
            no later read may go back to "old".
            """,
            RegisterStories::readRepairs),
        new TranscriptStory(
            "two-conditional-writes",
            "Two conditional writes from one base",
            """
            K and L both want to put their value where nothing is, and nothing else. Both start from
            the same state, so both ask for promises on the same question: what follows it? L has
            the higher ballot, and K is outbid. K starts over, finds L's value, and its condition fails.
            """,
            RegisterStories::twoConditionalWrites),
        new TranscriptStory(
            "conditional-write-is-finished-by-another",
            "A conditional write that another coordinator finishes",
            """
            K has its value accepted by all replicas, and dies before it can bring it home. Nobody
            sees the value yet, but it is chosen: nothing else may follow the base. L, which wants to
            put its own value there, learns of it by the promises, completes K's write, and then
            decides anew on top of it.
            """,
            RegisterStories::finishedByAnother),
        new TranscriptStory(
            "outcome-is-unknown",
            "An outcome that is unknown",
            """
            K's write reaches all three replicas, but the answers of B and C never arrive. K asks
            them again after half a second, and still knows of one replica only when its time is
            up. It can't say "refused", since the write may be done; and so it is: a read finds
            it. The client is told "unknown", and never anything else.
            """,
            RegisterStories::unknown),
        new TranscriptStory(
            "clock-lags",
            "A lagging clock",
            """
            L's clock lags two seconds behind K's. L writes after K, and must not lose against K's
            larger time. It doesn't: the question that comes before each write tells it K's stamp,
            and its hybrid clock never gives a time below one that it has seen.
            """,
            RegisterStories::lag));
  }

  static final Placements ABC =
      new Placements() {
        @Override
        public Placement of(Bytes partition) {
          var set = new ReplicaSet(List.of(node("A"), node("B"), node("C")), 2);
          return new Placement(0, List.of(set), List.of(set));
        }

        @Override
        public void stale(long epoch) {}
      };

  static void replicas(TranscriptStage stage, String... names) {
    for (String name : names) {
      var rows = new LosingRows(new Ring(4), 10, false, false);
      stage.rows.put(node(name), rows);
      stage.replicas.put(node(name), rows.node);
    }
  }

  static long in(TranscriptStage stage, long millis) {
    return stage.simulation.nanos() + millis * MILLIS;
  }

  /** Stores a value on one replica, as if it had been written long ago. */
  private static void hold(TranscriptStage stage, String name, String text, long millis) {
    var state = new VersionedValue(new Stamp(millis * 1000, node("K").value(), 0), value(text));
    Objects.requireNonNull(stage.replicas.get(node(name)))
        .handle(node("K"), new Request.Propagate(0, X, state));
  }

  private static void write(TranscriptStage stage, Coordinator by, String name, String text) {
    stage.tell(name, "writes x = \"" + text + '"', () -> by.write(X, value(text), in(stage, 2000)));
  }

  private static void read(TranscriptStage stage, Coordinator by, String name) {
    stage.tell(name, "reads x", () -> by.read(X, ConsistencyLevel.LINEARIZABLE, in(stage, 2000)));
  }

  private static void create(TranscriptStage stage, Coordinator by, String name, String text) {
    Function<VersionedValue, Decision> ifAbsent =
        state -> state.isPresent() ? new Decision.Decline() : new Decision.Put(value(text));
    stage.tell(
        name,
        "puts x = \"" + text + "\" if nothing is there",
        () -> by.update(X, ifAbsent, in(stage, 2000)));
  }

  private static void twoOfThree(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    Coordinator k = stage.coordinator("K", ABC);
    stage.at(
        1000,
        () -> {
          stage.crash("C");
          write(stage, k, "K", "red");
        });
  }

  private static void readRepairs(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    List.of("A", "B", "C").forEach(name -> hold(stage, name, "old", 100));
    hold(stage, "A", "new", 200);
    Coordinator l = stage.coordinator("L", ABC);
    stage.at(1000, () -> read(stage, l, "L"));
  }

  private static void twoConditionalWrites(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    Coordinator k = stage.coordinator("K", ABC);
    Coordinator l = stage.coordinator("L", ABC);
    stage.at(1000, () -> create(stage, k, "K", "red"));
    stage.at(1001, () -> create(stage, l, "L", "blue"));
  }

  private static void finishedByAnother(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    Coordinator k = stage.coordinator("K", ABC);
    Coordinator l = stage.coordinator("L", ABC);
    stage.simulation.start(
        "dies",
        () -> {
          stage.simulation.pause(1000 * MILLIS);
          create(stage, k, "K", "red");
        });
    stage.at(1005, () -> stage.crash("K"));
    stage.at(1100, () -> create(stage, l, "L", "blue"));
  }

  private static void unknown(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    Coordinator k = stage.coordinator("K", ABC);
    Coordinator l = stage.coordinator("L", ABC);
    stage.at(
        1003,
        () -> {
          stage.cut("B", "K");
          stage.cut("C", "K");
        });
    stage.at(
        1000,
        () -> {
          write(stage, k, "K", "red");
          read(stage, l, "L");
        });
  }

  private static void lag(TranscriptStage stage) {
    replicas(stage, "A", "B", "C");
    stage.lag("L", 2000);
    Coordinator k = stage.coordinator("K", ABC);
    Coordinator l = stage.coordinator("L", ABC);
    stage.at(
        5000,
        () -> {
          write(stage, k, "K", "red");
          write(stage, l, "L", "blue");
          read(stage, k, "K");
        });
  }
}
