package rondo.server.boot;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.Layout;
import rondo.ring.layout.Redundancy;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Node;
import rondo.ring.port.Mailbox;
import rondo.ring.rebuild.RebuildStatus;
import rondo.ring.value.NodeId;
import rondo.ring.version.ClockJudge;
import rondo.server.config.HealthSettings;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthLog;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;
import rondo.server.health.HealthReport;
import rondo.server.health.QuorumHealth;
import rondo.server.health.ZoneSpread;
import rondo.server.order.Absence;
import rondo.server.order.Absences;
import rondo.server.repair.NodeRepair;
import rondo.server.space.DiskSpace;

/**
 * Answers the four questions about this node's health. HTTP, metrics, the log and commands show
 * this answer and no other. Thread-safe.
 */
final class NodeHealth {
  private static final Logger LOG = LoggerFactory.getLogger(NodeHealth.class);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Probes that come faster get the same answer. */
  private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private record Evaluation(HealthReport report, long atNanos) {}

  private record Quorums(Layout layout, QuorumHealth health) {}

  private final NodeId self;
  private final Membership membership;
  private final ClockJudge clock;
  private final NodeRepair repair;
  private final NodeTraffic traffic;
  private final HealthSettings settings;
  private final DiskSpace space;
  private final Predicate<NodeId> isFull;
  private final Absences absences;
  private final Mailbox<Boolean> stop = TASKS.mailbox();
  private volatile @Nullable Evaluation last;
  private volatile @Nullable Quorums quorums;
  private volatile boolean stopping;
  private volatile Supplier<List<HealthReason>> further = List::of;

  NodeHealth(
      Membership membership,
      ClockJudge clock,
      NodeRepair repair,
      NodeTraffic traffic,
      HealthSettings settings,
      DiskSpace space,
      Predicate<NodeId> isFull,
      Absences absences) {
    this.self = membership.own().id();
    this.membership = membership;
    this.clock = clock;
    this.repair = repair;
    this.traffic = traffic;
    this.settings = settings;
    this.space = space;
    this.isFull = isFull;
    this.absences = absences;
  }

  Absences absences() {
    return absences;
  }

  NodeTraffic traffic() {
    return traffic;
  }

  /** Starts to log changes; returns what ends it. */
  Runnable start() {
    var log = new HealthLog(LOG::info);
    TASKS.start(
        "health",
        () -> {
          do {
            log.note(report());
          } while (stop.take(TIME.nanos() + SECOND_NANOS) == null);
        });
    return () -> stop.put(true);
  }

  /** Has further warnings told. */
  void alsoWarn(Supplier<List<HealthReason>> warnings) {
    further = warnings;
  }

  /** Notes that the node is about to stop: it isn't ready any more. */
  void stopping() {
    stopping = true;
    last = null;
  }

  /** The answers now. */
  HealthReport report() {
    Evaluation known = last;
    long now = TIME.nanos();
    if (known != null && now - known.atNanos() < SAME_NANOS) {
      return known.report();
    }
    var report = new HealthReport(evaluate(), warnings(), traffic.shedding());
    last = new Evaluation(report, now);
    return report;
  }

  private List<HealthReason> warnings() {
    var warnings = new ArrayList<>(repair.report().warnings());
    space.uses().forEach(use -> warnings.addAll(use.warnings()));
    warnings.addAll(further.get());
    return warnings;
  }

  private List<HealthReason> evaluate() {
    var reasons = new ArrayList<HealthReason>();
    String late = traffic.heartbeats().late();
    if (!late.isEmpty()) {
      reasons.add(
          new HealthReason(
              HealthQuestion.LIVE,
              HealthCause.STANDSTILL,
              1,
              late + ": restart the node if it lasts."));
    }
    String trouble = NodeStatus.trouble(membership, self);
    Layout layout = membership.layout();
    ready(reasons, trouble, layout);
    if (layout == null || !trouble.isEmpty()) {
      String sentence = trouble + ": this node can't tell before it is a member.";
      reasons.add(new HealthReason(HealthQuestion.QUORUM, HealthCause.NO_MEMBER, 1, sentence));
      reasons.add(new HealthReason(HealthQuestion.WHOLE, HealthCause.NO_MEMBER, 1, sentence));
      return reasons;
    }
    List<Absence> away = absences.now();
    reasons.addAll(quorums(layout).reasons(layout, id -> isExpected(away, id)));
    away.forEach(it -> reasons.add(maintenance(it)));
    if (layout.nodes().stream().map(Node::id).anyMatch(isFull)) {
      List<NodeId> down = quorums(layout).down();
      reasons.addAll(
          QuorumHealth.of(layout, node -> isFull.test(node) && !down.contains(node)).withoutRoom());
    }
    whole(reasons, layout);
    return reasons;
  }

  private static boolean isExpected(List<Absence> away, NodeId node) {
    return away.stream().anyMatch(it -> it.node().equals(node));
  }

  private static HealthReason maintenance(Absence absence) {
    String sentence =
        absence.words()
            + ": that ends when it is started again, or by 'rondo node maintenance %s --end'."
                .formatted(absence.label());
    return new HealthReason(HealthQuestion.WHOLE, HealthCause.MAINTENANCE, 1, sentence);
  }

  private void ready(List<HealthReason> reasons, String trouble, @Nullable Layout layout) {
    if (!trouble.isEmpty()) {
      reasons.add(new HealthReason(HealthQuestion.READY, HealthCause.NO_MEMBER, 1, trouble + "."));
    }
    if (stopping) {
      String sentence = "This node is stopping: send clients to others.";
      reasons.add(new HealthReason(HealthQuestion.READY, HealthCause.STOPPING, 1, sentence));
    }
    String wrong = clock.trouble();
    if (!wrong.isEmpty() && trouble.isEmpty()) {
      long seconds = Math.max(1, TimeUnit.MICROSECONDS.toSeconds(Math.abs(clock.aheadMicros())));
      reasons.add(new HealthReason(HealthQuestion.READY, HealthCause.CLOCK, seconds, wrong));
    }
    RebuildStatus lost = repair.rebuild();
    if (lost.ranges() > 0 && !lost.unrecoverable() && !settings.whileRebuilding()) {
      String sentence =
          "%d ranges of keys are being rebuilt from other nodes (%s): wait; 'rondo losses' tells more."
              .formatted(lost.ranges(), lost.step());
      reasons.add(
          new HealthReason(HealthQuestion.READY, HealthCause.REBUILDING, lost.ranges(), sentence));
    }
    if (trouble.isEmpty() && membership.isRefilling() && !settings.whileRebuilding()) {
      int left = membership.progress().total() - membership.progress().done();
      String sentence =
          "%d of %d partitions that this node's disk had aren't here yet: wait."
              .formatted(left, membership.progress().total());
      reasons.add(new HealthReason(HealthQuestion.READY, HealthCause.REFILLING, left, sentence));
    }
    if (layout != null
        && trouble.isEmpty()
        && quorums(layout).percent() < settings.readyPercent()) {
      reasons.add(quorums(layout).unready(layout, settings.readyPercent()));
    }
  }

  private QuorumHealth quorums(Layout layout) {
    Quorums known = quorums;
    List<NodeId> down =
        RingDrawing.nodes(layout).stream().map(Node::id).filter(membership::suspected).toList();
    if (known == null || !known.layout().equals(layout) || !known.health().down().equals(down)) {
      known = new Quorums(layout, QuorumHealth.of(layout, down::contains));
      quorums = known;
    }
    return known.health();
  }

  private void whole(List<HealthReason> reasons, Layout layout) {
    String vacant = Redundancy.lack(layout);
    if (!vacant.isEmpty()) {
      reasons.add(
          new HealthReason(HealthQuestion.WHOLE, HealthCause.SEATS_VACANT, 1, vacant + "."));
    }
    reasons.addAll(ZoneSpread.reasons(layout));
    space.uses().forEach(use -> reasons.addAll(use.reasons()));
    reasons.addAll(repair.report().reasons());
  }
}
