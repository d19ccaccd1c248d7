package rondo.ring.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Time;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** One node's hints for another one, whose answers the test scripts. */
@Tag("simulation")
final class HintedHandoffTest {
  private static final long SECOND = 1_000_000_000L;
  private static final NodeId SELF = new NodeId(1);
  private static final NodeId TARGET = new NodeId(2);
  private static final Reply SILENCE = new Reply.Stamps(List.of(), null);

  private final Simulation simulation = new Simulation(1, false);
  private final List<Stamp> taken = new ArrayList<>();
  private Function<Request.Propagate, Reply> target = _ -> SILENCE;
  private boolean suspected;

  private final Time time = simulation.time();
  private final Network inner = (_, request, _, answers) -> answer(request, answers);
  private final HintedNetwork network = new HintedNetwork(SELF, inner, time);

  private void answer(Request request, Mailbox<Answer> answers) {
    var propagate = (Request.Propagate) request;
    Reply reply = target.apply(propagate);
    if (reply instanceof Reply.Done) {
      taken.add(propagate.state().stamp());
    }
    if (!reply.equals(SILENCE)) {
      simulation.at(Simulation.MILLIS, () -> answers.put(new Answer(TARGET, reply)));
    }
  }

  private HintedHandoff start(HintStore store, Duration life) {
    Layout layout =
        Layout.first(
            "cluster",
            new Ring(4),
            new Node(TARGET, "", 1L << 40, "node", ""),
            Replication.DEFAULT);
    var handoff =
        new HintedHandoff(
            network, inner, store, () -> layout, _ -> suspected, simulation, time, life);
    simulation.start("hints", handoff::keep);
    simulation.start("handoff", handoff::run);
    return handoff;
  }

  private void write(int... times) {
    simulation.start(
        "client",
        () -> {
          for (int stamp : times) {
            var key = new Key(3, Bytes.utf8("shard"), Bytes.utf8("key"));
            var state = new VersionedValue(new Stamp(stamp, 1, 0), Bytes.utf8("value"));
            var request = new Request.Propagate(1, key, state);
            network.send(TARGET, request, time.nanos() + SECOND, simulation.mailbox());
          }
        });
  }

  private void pass(long seconds) {
    long until = simulation.nanos() + seconds * SECOND;
    simulation.runUntil(() -> simulation.nanos() >= until, Long.MAX_VALUE);
  }

  private static Reply done(Request.Propagate request) {
    return new Reply.Done();
  }

  @Test
  void what_a_node_did_not_take_waits_until_it_is_back_and_comes_in_order() {
    HintedHandoff handoff = start(new MemoryHints(100), HintedHandoff.DEFAULT_LIFE);
    write(5, 3, 4);
    pass(20);
    assertThat(handoff.status()).isEqualTo(new HintStatus(3, 3, 0, 0));
    assertThat(handoff.oldestNanos()).isBetween(10 * SECOND, 20 * SECOND);

    target = HintedHandoffTest::done;
    pass(20);
    assertThat(taken).extracting(Stamp::time).containsExactly(5L, 3L, 4L);
    assertThat(handoff.status()).isEqualTo(new HintStatus(0, 3, 3, 0));
    assertThat(handoff.oldestNanos()).isZero();
  }

  @Test
  void what_was_taken_needs_no_hint() {
    HintedHandoff handoff = start(new MemoryHints(100), HintedHandoff.DEFAULT_LIFE);
    target = HintedHandoffTest::done;
    write(1, 2);
    target = _ -> new Reply.Moved(new Stamp(9, 9, 0));
    write(3);
    pass(20);
    assertThat(handoff.status()).isEqualTo(new HintStatus(0, 0, 0, 0));
  }

  @Test
  void who_has_no_room_for_a_write_gets_it_later() {
    HintedHandoff handoff = start(new MemoryHints(100), HintedHandoff.DEFAULT_LIFE);
    target = _ -> new Reply.Refused(Reply.Reason.UNAVAILABLE, "the disk is full");
    write(1);
    pass(20);
    assertThat(handoff.status().waiting()).isOne();

    target = HintedHandoffTest::done;
    pass(20);
    assertThat(taken).hasSize(1);
  }

  @Test
  void who_is_suspected_is_not_asked() {
    suspected = true;
    HintedHandoff handoff = start(new MemoryHints(100), HintedHandoff.DEFAULT_LIFE);
    write(1);
    pass(3);
    target = HintedHandoffTest::done;
    pass(60);
    assertThat(taken).isEmpty();
    assertThat(handoff.status().waiting()).isOne();
  }

  @Test
  void hints_expire_though_their_target_stays_away_and_are_counted() {
    suspected = true;
    HintedHandoff handoff = start(new MemoryHints(100), Duration.ofMinutes(1));
    write(1, 2);
    pass(50);
    assertThat(handoff.status().waiting()).isEqualTo(2);
    pass(20);
    assertThat(handoff.status()).isEqualTo(new HintStatus(0, 2, 0, 2));
  }

  @Test
  void hints_without_room_are_counted() {
    HintedHandoff handoff = start(new MemoryHints(2), HintedHandoff.DEFAULT_LIFE);
    write(1, 2);
    pass(5);
    write(3);
    pass(5);
    assertThat(handoff.status()).isEqualTo(new HintStatus(2, 2, 0, 1));
  }

  @Test
  void a_write_that_is_refused_for_ever_is_no_longer_tried() {
    HintedHandoff handoff = start(new MemoryHints(100), HintedHandoff.DEFAULT_LIFE);
    write(1);
    pass(5);
    target = _ -> new Reply.Refused(Reply.Reason.CLOSED, "the shard is closed");
    pass(10);
    assertThat(handoff.status()).isEqualTo(new HintStatus(0, 1, 0, 1));
  }

  @Test
  void ten_thousand_hints_take_seconds_and_no_more_than_five_thousand_go_in_one() {
    start(new MemoryHints(20_000), HintedHandoff.DEFAULT_LIFE);
    write(IntStream.range(0, 10_000).toArray());
    pass(5);
    target = HintedHandoffTest::done;
    pass(1);
    assertThat(taken).hasSizeLessThan(5_100);
    pass(9);
    assertThat(taken).hasSize(10_000);
  }
}
