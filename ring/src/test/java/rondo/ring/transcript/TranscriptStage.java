package rondo.ring.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Replica;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.rebuild.LosingRows;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;

/**
 * The stage of a story: replicas and coordinators under virtual time, on a network that takes one
 * millisecond each way, without chance. It writes down every message.
 */
final class TranscriptStage {
  static final long MILLIS = Simulation.MILLIS;

  private record Line(long atNanos, String from, String to, String text) {}

  final Simulation simulation = new Simulation(1, false);
  final Map<NodeId, Replica> replicas = new TreeMap<>();

  /** The rows of replicas, for stories that look into them. */
  final Map<NodeId, LosingRows> rows = new TreeMap<>();

  private final List<Line> lines = new ArrayList<>();
  private final Set<NodeId> down = new HashSet<>();
  private final Set<List<NodeId>> cut = new HashSet<>();
  private final Map<NodeId, Long> lagMillis = new HashMap<>();
  private int playing;

  static NodeId node(String name) {
    return new NodeId(name.charAt(0) - 'A' + 1);
  }

  static Bytes value(String text) {
    return Bytes.utf8(text);
  }

  void crash(String name) {
    down.add(node(name));
    note(name, "crashes");
  }

  void restart(String name) {
    down.remove(node(name));
    note(name, "is back");
  }

  boolean isDown(NodeId node) {
    return down.contains(node);
  }

  /** From now on messages from one node don't arrive at the other. */
  void cut(String from, String to) {
    cut.add(List.of(node(from), node(to)));
  }

  void mend() {
    cut.clear();
  }

  void lag(String name, long millis) {
    lagMillis.put(node(name), millis);
  }

  /** Writes down an event that is not a message. */
  void note(String who, String what) {
    lines.add(new Line(simulation.nanos(), who, "", what));
  }

  /** Adds an actor of the story, which begins at that time. */
  void at(long millis, Runnable deeds) {
    playing++;
    simulation.start(
        "actor",
        () -> {
          simulation.pause(millis * MILLIS - simulation.nanos());
          deeds.run();
          playing--;
        });
  }

  /** Runs an operation of a coordinator, and writes down its announcement and its outcome. */
  <T> Outcome<T> tell(String who, String what, Supplier<Outcome<T>> operation) {
    note(who, what);
    Outcome<T> outcome = operation.get();
    note(who, TranscriptWords.say(outcome));
    return outcome;
  }

  Coordinator coordinator(String name, Placements placements) {
    return coordinator(name, placements, network(name));
  }

  Coordinator coordinator(String name, Placements placements, Network network) {
    Time time = time(name);
    var clock = new HybridClock(time, 0, _ -> {});
    return new Coordinator(node(name), clock, placements, network, simulation, time, chance());
  }

  Time time(String name) {
    return new Time() {
      @Override
      public long wallMicros() {
        return simulation.nanos() / 1000 - 1000 * lagMillis.getOrDefault(node(name), 0L);
      }

      @Override
      public long nanos() {
        return simulation.nanos();
      }
    };
  }

  private static Randomness chance() {
    return new Randomness() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public int nextInt(int bound) {
        return 0;
      }
    };
  }

  Network network(String from) {
    return (to, request, deadlineNanos, answers) ->
        send(node(from), to, request, deadlineNanos, answers);
  }

  private void send(
      NodeId from, NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    if (down.contains(from)) {
      return;
    }
    boolean lost = down.contains(to) || cut.contains(List.of(from, to));
    say(from, to, TranscriptWords.say(request), lost);
    if (!lost) {
      simulation.at(MILLIS, () -> deliver(from, to, request, deadlineNanos, answers));
    }
  }

  private void deliver(
      NodeId from, NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    Replica replica = replicas.get(to);
    if (replica == null || down.contains(to)) {
      return;
    }
    Reply reply = replica.handle(from, request);
    boolean lost = cut.contains(List.of(to, from));
    simulation.at(
        MILLIS,
        () -> {
          say(to, from, TranscriptWords.say(reply), lost || down.contains(from));
          if (!lost && !down.contains(from) && simulation.nanos() < deadlineNanos) {
            answers.put(new Answer(to, reply));
          }
        });
  }

  private void say(NodeId from, NodeId to, String text, boolean lost) {
    String name = TranscriptWords.name(to);
    String suffix = lost ? "   (lost)" : "";
    lines.add(
        new Line(simulation.nanos(), TranscriptWords.name(from), "-> " + name, text + suffix));
  }

  /** Plays until all actors have ended. */
  void play() {
    simulation.run(() -> playing == 0, Long.MAX_VALUE / 2);
  }

  static Key key(String partition, String name) {
    return new Key(3, Bytes.utf8(partition), Bytes.utf8(name));
  }

  /** The transcript; equal messages to several nodes at one time share a line. */
  String text() {
    var text = new StringBuilder();
    for (int i = 0; i < lines.size(); ) {
      Line line = lines.get(i);
      var to = new StringBuilder(line.to());
      int next = i + 1;
      while (next < lines.size() && isSameTo(line, lines.get(next))) {
        to.append(", ").append(lines.get(next).to().substring(3));
        next++;
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%8.1f ms  %s %-13s  %s%n",
              line.atNanos() / 1e6,
              line.from(),
              to,
              line.text()));
      i = next;
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static boolean isSameTo(Line one, Line other) {
    return !one.to().isEmpty()
        && !other.to().isEmpty()
        && one.atNanos() == other.atNanos()
        && one.from().equals(other.from())
        && one.text().equals(other.text());
  }
}
