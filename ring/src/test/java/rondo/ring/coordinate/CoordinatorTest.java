package rondo.ring.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Reply.Reason;
import rondo.ring.message.Request;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.RegisterState;
import rondo.ring.register.RegisterTransition;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.HybridClock;

/** One coordinator and three replicas, each of which answers after one millisecond or never. */
final class CoordinatorTest implements Time, Placements {
  private static final long MILLI = Simulation.MILLIS;
  private static final Key KEY = new Key(1, Bytes.utf8("p"), Bytes.utf8("k"));
  private static final Bytes OLD = Bytes.utf8("old");
  private static final Bytes NEW = Bytes.utf8("new");
  private static final NodeId SELF = new NodeId(9);
  private static final NodeId A = new NodeId(1);
  private static final NodeId B = new NodeId(2);
  private static final NodeId C = new NodeId(3);

  private final Simulation simulation = new Simulation(1, false);
  private final Map<NodeId, Function<Request, @Nullable Reply>> replicas = new TreeMap<>();
  private final Map<NodeId, RegisterState> rows = new TreeMap<>();
  private final List<Request> sent = new ArrayList<>();
  private final Coordinator coordinator =
      new Coordinator(
          SELF,
          new HybridClock(this, 0, _ -> {}),
          this,
          network(),
          simulation,
          this,
          simulation.randomness());
  private long epoch;
  private long took;

  CoordinatorTest() {
    for (NodeId node : List.of(A, B, C)) {
      rows.put(node, RegisterState.NEVER);
      replicas.put(node, request -> answer(node, request));
    }
  }

  @Test
  void the_value_is_asked_of_one_replica() {
    hold(5, OLD, A, B, C);
    assertThat(run(() -> read())).isEqualTo(reached(5, OLD));
    assertThat(sent).filteredOn(r -> r instanceof Request.Query q && q.full()).hasSize(1);
    assertThat(sent).noneMatch(Request.Propagate.class::isInstance);
    assertThat(took).isEqualTo(MILLI);
  }

  @Test
  void a_read_waits_a_moment_for_a_dead_replica_and_then_no_more() {
    hold(5, OLD, B, C);
    replicas.put(A, _ -> null);
    assertThat(run(() -> read())).isEqualTo(reached(5, OLD));
    assertThat(took).isLessThan(30 * MILLI);
    assertThat(run(() -> read())).isEqualTo(reached(5, OLD));
    assertThat(took).isEqualTo(MILLI);
  }

  @Test
  void a_newer_digest_is_followed_and_written_back() {
    hold(5, OLD, A, B, C);
    hold(6, NEW, B);
    assertThat(run(() -> read())).isEqualTo(reached(6, NEW));
    assertThat(rows.get(A)).isEqualTo(rows.get(B));
    assertThat(rows.get(C)).isEqualTo(rows.get(B));
  }

  @Test
  void a_read_of_less_than_linearizable_writes_nothing() {
    hold(6, NEW, B);
    assertThat(run(() -> coordinator.read(KEY, ConsistencyLevel.QUORUM, soon())))
        .isEqualTo(reached(6, NEW));
    assertThat(sent).noneMatch(Request.Propagate.class::isInstance);
  }

  @Test
  void one_answer_is_enough_for_one() {
    hold(5, OLD, C);
    replicas.put(A, _ -> null);
    replicas.put(B, _ -> null);
    assertThat(run(() -> coordinator.read(KEY, ConsistencyLevel.ONE, soon())))
        .isEqualTo(reached(5, OLD));
  }

  @Test
  void a_write_tells_what_it_replaced_and_does_not_wait_for_the_slow() {
    hold(5, OLD, A, B, C);
    replicas.put(C, _ -> null);
    assertThat(run(() -> coordinator.write(KEY, NEW, soon())))
        .isInstanceOfSatisfying(
            Outcome.Reached.class,
            reached ->
                assertThat(reached.value())
                    .extracting("before")
                    .isEqualTo(new VersionedValue(stamp(5), OLD)));
    assertThat(took).isEqualTo(2 * MILLI);
  }

  @Test
  void a_read_of_replicas_that_agree_takes_one_round_and_two_messages() {
    hold(5, OLD, A, B, C);
    run(this::read);
    assertThat(took).isEqualTo(MILLI);
    assertThat(kinds()).containsExactlyInAnyOrderEntriesOf(Map.of("Query", 2L));
  }

  @Test
  void a_write_takes_two_rounds_and_each_replica_syncs_once() {
    hold(5, OLD, A, B, C);
    run(() -> coordinator.write(KEY, NEW, soon()));
    assertThat(took).isEqualTo(2 * MILLI);
    assertThat(kinds()).containsExactlyInAnyOrderEntriesOf(Map.of("Query", 2L, "Propagate", 3L));
  }

  @Test
  void an_uncontended_conditional_write_takes_four_rounds_and_each_replica_syncs_thrice() {
    hold(5, OLD, A, B, C);
    run(() -> coordinator.update(KEY, _ -> put(), soon()));
    assertThat(took).isEqualTo(4 * MILLI);
    assertThat(kinds())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("Query", 2L, "Prepare", 3L, "Accept", 3L, "Propagate", 3L));
  }

  @Test
  void a_write_whose_question_finds_no_quorum_is_refused_and_goes_nowhere() {
    replicas.put(A, _ -> null);
    replicas.put(B, _ -> null);
    assertThat(reason(run(() -> coordinator.write(KEY, NEW, soon()))))
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(sent).noneMatch(Request.Propagate.class::isInstance);
  }

  @Test
  void a_write_that_falls_silent_is_unknown() {
    for (NodeId node : List.of(A, B)) {
      replicas.put(node, r -> r instanceof Request.Query ? answer(node, r) : null);
    }
    assertThat(run(() -> coordinator.write(KEY, NEW, soon()))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_closed_partition_refuses_unless_one_replica_has_let_the_write_in() {
    close(A, B, C);
    assertThat(reason(run(() -> coordinator.write(KEY, NEW, soon())))).isEqualTo(Reason.CLOSED);
    replicas.put(C, request -> answer(C, request));
    assertThat(run(() -> coordinator.write(KEY, NEW, soon()))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_conditional_write_that_all_refuse_is_refused() {
    close(A, B, C);
    assertThat(reason(run(() -> coordinator.update(KEY, _ -> put(), soon()))))
        .isEqualTo(Reason.CLOSED);
  }

  @Test
  void refusals_end_an_operation_long_before_its_deadline() {
    for (NodeId node : List.of(A, B)) {
      replicas.put(node, _ -> new Reply.Refused(Reason.UNAVAILABLE, "full"));
    }
    assertThat(reason(run(this::read))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(took).isLessThan(1_000 * MILLI);
  }

  @Test
  void a_conditional_write_finishes_the_one_it_finds_and_is_judged_on_it() {
    rows.replaceAll((_, row) -> accepted(row));
    var judged = new ArrayList<VersionedValue>();
    Outcome<ConditionalResult> outcome =
        run(() ->
            coordinator.update(
                KEY,
                state -> {
                  judged.add(state);
                  return put();
                },
                soon()));
    Stamp first = Stamp.ZERO.successor();
    assertThat(judged).containsExactly(VersionedValue.NEVER, new VersionedValue(first, OLD));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Reached<>(
                new ConditionalResult.Written(
                    new VersionedValue(first, OLD), first.successor(), false)));
  }

  @Test
  void a_replica_that_was_asked_twice_may_have_accepted_although_it_now_refuses() {
    for (NodeId node : List.of(A, B, C)) {
      var accepts = new AtomicInteger();
      replicas.put(
          node,
          request -> {
            Reply reply = answer(node, request);
            if (!(request instanceof Request.Accept)) {
              return reply;
            }
            return switch (accepts.incrementAndGet()) {
              case 1 -> null;
              case 2 -> new Reply.Outbid(new Ballot(1, 1));
              default -> reply;
            };
          });
    }
    var judged = new AtomicInteger();
    Outcome<ConditionalResult> outcome =
        run(() ->
            coordinator.update(
                KEY,
                _ -> {
                  judged.incrementAndGet();
                  return put();
                },
                soon()));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Reached<>(
                new ConditionalResult.Written(
                    VersionedValue.NEVER, Stamp.ZERO.successor(), false)));
    assertThat(judged).hasValue(1);
  }

  @Test
  void an_old_layout_is_told_of_and_asked_again() {
    replicas.put(A, request -> stale(A, request));
    replicas.put(B, request -> stale(B, request));
    replicas.put(C, request -> stale(C, request));
    assertThat(run(this::read)).isEqualTo(new Outcome.Reached<>(VersionedValue.NEVER));
    assertThat(epoch).isEqualTo(4);
  }

  @Test
  void a_page_with_a_dead_replica_still_has_its_values() {
    var entry = new Reply.Entry(null, KEY.sort(), stamp(5), OLD);
    replicas.put(A, _ -> null);
    for (NodeId node : List.of(B, C)) {
      replicas.put(
          node,
          request ->
              request instanceof Request.Scan scan
                  ? new Reply.Page(List.of(scan.full() ? entry : digest(entry)), false)
                  : null);
    }
    var range = new ScanRange(1, KEY.partition(), Bytes.EMPTY, Bytes.EMPTY, null, 10);
    assertThat(run(() -> coordinator.scan(range, soon())))
        .isEqualTo(new Outcome.Reached<>(new Reply.Page(List.of(entry), false)));
    assertThat(took).isLessThan(200 * MILLI);
  }

  private static Reply.Entry digest(Reply.Entry entry) {
    return new Reply.Entry(null, entry.sort(), entry.stamp(), null);
  }

  @Override
  public Placement of(Bytes partition) {
    var set = List.of(new ReplicaSet(List.of(A, B, C), 2));
    return new Placement(epoch, set, set);
  }

  @Override
  public void stale(long newer) {
    simulation.at(100 * MILLI, () -> epoch = newer);
  }

  @Override
  public long wallMicros() {
    return simulation.nanos() / 1000;
  }

  @Override
  public long nanos() {
    return simulation.nanos();
  }

  private Outcome<VersionedValue> read() {
    return coordinator.read(KEY, ConsistencyLevel.LINEARIZABLE, soon());
  }

  private static Decision put() {
    return new Decision.Put(NEW);
  }

  private long soon() {
    return simulation.nanos() + 5_000 * MILLI;
  }

  private Network network() {
    return (to, request, _, answers) -> {
      sent.add(request);
      Reply reply = replicas.getOrDefault(to, _ -> null).apply(request);
      if (reply != null) {
        simulation.at(MILLI, () -> answers.put(new Answer(to, reply)));
      }
    };
  }

  private @Nullable Reply answer(NodeId node, Request request) {
    RegisterState row = rows.getOrDefault(node, RegisterState.NEVER);
    return switch (request) {
      case Request.Query query -> row.query(query.full());
      case Request.Propagate propagate -> store(node, row.propagate(propagate));
      case Request.Prepare prepare -> store(node, row.prepare(prepare));
      case Request.Accept accept -> store(node, row.accept(accept));
      default -> null;
    };
  }

  private @Nullable Reply stale(NodeId node, Request request) {
    return request.epoch() < 4 ? new Reply.Stale(4) : answer(node, request);
  }

  private Reply store(NodeId node, RegisterTransition transition) {
    rows.put(node, transition.state());
    return transition.reply();
  }

  private void close(NodeId... nodes) {
    for (NodeId node : nodes) {
      replicas.put(
          node,
          request ->
              request instanceof Request.Propagate || request instanceof Request.Accept
                  ? new Reply.Refused(Reason.CLOSED, "")
                  : answer(node, request));
    }
  }

  private void hold(long time, Bytes value, NodeId... nodes) {
    for (NodeId node : nodes) {
      answer(node, new Request.Propagate(0, KEY, new VersionedValue(stamp(time), value)));
    }
  }

  private static RegisterState accepted(RegisterState row) {
    var ballot = new Ballot(1, 77);
    return row.accept(new Request.Accept(0, KEY, Stamp.ZERO, ballot, ballot, OLD)).state();
  }

  private static Stamp stamp(long time) {
    return new Stamp(time, 1, 0);
  }

  private static Outcome<VersionedValue> reached(long time, Bytes value) {
    return new Outcome.Reached<>(new VersionedValue(stamp(time), value));
  }

  private static @Nullable Reason reason(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(Reason reason, String _) ? reason : null;
  }

  /** The number of requests of each kind; a replica answers all but queries after a sync. */
  private Map<String, Long> kinds() {
    return sent.stream()
        .collect(Collectors.groupingBy(r -> r.getClass().getSimpleName(), Collectors.counting()));
  }

  private interface Action<T> {
    T run();
  }

  private <T> T run(Action<T> action) {
    var result = new ArrayList<T>();
    long start = simulation.nanos();
    simulation.start(
        "operation",
        () -> {
          result.add(action.run());
          took = simulation.nanos() - start;
        });
    simulation.runUntil(() -> !result.isEmpty(), start + 60_000 * MILLI);
    return result.getFirst();
  }
}
