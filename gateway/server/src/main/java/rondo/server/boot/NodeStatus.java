package rondo.server.boot;

import static rondo.store.system.SystemPorts.TIME;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeNames;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.value.NodeId;
import rondo.s3.logging.RequestObserver;
import rondo.s3.logging.SlowRequests;
import rondo.s3.sweep.LifecycleCounters;
import rondo.server.admin.NodeView;
import rondo.server.config.Configuration;
import rondo.server.health.HealthReport;
import rondo.server.link.NodeLinks;
import rondo.server.live.RequestTrace;
import rondo.server.metric.BackgroundMetrics;
import rondo.server.metric.HealthMetrics;
import rondo.server.metric.LayoutMetrics;
import rondo.server.metric.MetricSource;
import rondo.server.metric.NodeMetrics;
import rondo.server.metric.PeerMetrics;
import rondo.server.metric.RepairMetrics;
import rondo.server.metric.RequestMetrics;
import rondo.server.metric.StorageMetrics;
import rondo.server.metric.TrafficMetrics;
import rondo.server.order.Absences;
import rondo.server.repair.NodeRepair;
import rondo.server.rescue.RescueDesk;
import rondo.server.storage.NodeStorage;
import rondo.store.shard.ShardCounters;
import rondo.store.transport.Peer;

/** The state that a node shows. Thread-safe. */
record NodeStatus(
    NodeStorage storage,
    NodeMetrics registry,
    LifecycleCounters lifecycles,
    ShardCounters shards,
    NodeRepair repair,
    NodeHealth healths,
    NodeStates states,
    Configuration configuration)
    implements NodeView {
  private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);

  /** The rate of one stream of chunks over a fast network, for estimates. */
  private static final long UNTHROTTLED = 256L << 20;

  /** The status of a node whose workers have done nothing yet. */
  static NodeStatus of(
      Configuration configuration,
      NodeStorage storage,
      NodeLinks links,
      NodeRing ring,
      NodeTraffic traffic,
      NodeRecords records) {
    var absences = new Absences(ring.orders(), ring.membership(), TIME);
    var healths =
        new NodeHealth(
            ring.membership(),
            storage.clock().judge(),
            ring.repair(),
            traffic,
            configuration.health(),
            storage.space(),
            links.chunks()::isFull,
            absences);
    var lifecycles = new LifecycleCounters();
    var shards = new ShardCounters();
    var sources = new ArrayList<>(sources(storage, links, ring, traffic));
    sources.add(records.metrics());
    sources.add(new HealthMetrics(healths::report, storage.clock().judge()));
    sources.add(new BackgroundMetrics(lifecycles, shards));
    var requests = new RequestMetrics(configuration.metrics().top(), TIME);
    return new NodeStatus(
        storage,
        new NodeMetrics(ring.membership().own()::label, requests, sources),
        lifecycles,
        shards,
        ring.repair(),
        healths,
        new NodeStates(
            ring.membership(),
            absences,
            ring.repair(),
            links.chunks()::isSuspect,
            links.chunks()::isFull),
        configuration);
  }

  private static List<MetricSource> sources(
      NodeStorage storage, NodeLinks links, NodeRing ring, NodeTraffic traffic) {
    return List.of(
        new TrafficMetrics(traffic.clients(), traffic.heartbeats()),
        new LayoutMetrics(ring.membership()),
        new PeerMetrics(links, ring.membership()),
        new StorageMetrics(storage),
        new RepairMetrics(ring.repair().report()));
  }

  Membership membership() {
    return states.membership();
  }

  Peer peer() {
    return storage.folders().peer();
  }

  @Override
  public HealthReport health() {
    return healths.report();
  }

  /** Why the node can't serve now; empty when it can. */
  String trouble() {
    String trouble = trouble(membership(), peer().self());
    return trouble.isEmpty() ? storage.clock().judge().trouble() : trouble;
  }

  /** Why a node takes no part in its cluster now; empty when it does. */
  static String trouble(Membership membership, NodeId self) {
    Layout layout = membership.layout();
    if (membership.isCopied()) {
      return RunningCopy.displaced(membership.own().label());
    }
    if (membership.isStranger()) {
      return "this node's disk is older than what the cluster knows of it: started with --join, it"
          + " takes its place anew";
    }
    String follower = membership.follower();
    if (!follower.isEmpty()) {
      return "the node '%s' has taken this node's place, from %s: stop this one"
          .formatted(membership.own().label(), follower);
    }
    if (!membership.dismissal().isEmpty()) {
      return membership.dismissal();
    }
    if (layout != null && layout.members().leaves(self)) {
      return layout.node(self) == null
          ? "removed from the cluster: it may be stopped"
          : "leaving the cluster";
    }
    if (layout == null || layout.node(self) == null) {
      String obstacle = membership.obstacle();
      return obstacle.isEmpty() ? "joining the cluster" : "not in the cluster yet: " + obstacle;
    }
    return membership.isInUse() ? "" : "waiting for enough nodes to agree on the layout";
  }

  @Override
  public List<Map<String, Object>> missing() {
    return repair.report().missing(NodeNames.of(membership().layout()));
  }

  @Override
  public Map<String, Object> losses() {
    return repair.losses().view();
  }

  @Override
  public Map<String, Object> acceptLosses(String node) {
    return repair.losses().accept(NodeNames.of(membership().layout()).find(node).toString());
  }

  @Override
  public Map<String, Object> scrub() {
    var view = new LinkedHashMap<>(storage.upkeep().view());
    view.put("damagedChunks", storage.extents().usage().damagedChunks());
    view.put("metadata", storage.metadataScrub().view());
    view.put("lost", repair.losses().brief());
    return view;
  }

  @Override
  public void scrubNow() {
    storage.upkeep().scrubNow();
    storage.metadataScrub().now();
  }

  @Override
  public String ring() {
    Layout layout = membership().layout();
    return layout == null ? "no layout yet\n" : RingDrawing.draw(layout, id -> note(layout, id));
  }

  private String note(Layout layout, NodeId node) {
    String word = states.word(layout, node);
    return word.equals(NodeStates.UP) ? "" : word;
  }

  @Override
  public long copyBytes() {
    Layout layout = membership().layout();
    int held = layout == null ? 0 : layout.to().heldBy(peer().self()).cardinality();
    return held == 0 ? 0 : storage.extents().usage().liveBytes() / held;
  }

  @Override
  public long copyBytesPerSecond() {
    long rate = healths.absences().book().rates().copy();
    return rate == 0 ? UNTHROTTLED : rate;
  }

  @Override
  public Map<String, Object> status() {
    var status = new LinkedHashMap<String, Object>();
    status.put("node", membership().own().label());
    status.put("id", peer().self().toString());
    status.put("cluster", peer().cluster());
    status.put("trouble", trouble());
    status.put("health", health().view());
    status.put("durability", configuration.storage().durability().name());
    Layout layout = membership().layout();
    if (layout != null) {
      var view = new LayoutView(layout, states);
      status.put("layout", view.layout());
      status.put("nodes", view.nodes());
    }
    status.put("load", healths.traffic().view());
    status.put("rates", healths.absences().book().rates().view());
    status.put("banned", healths.absences().book().orders().banned());
    status.put("copying", membership().progress());
    status.put("repair", repair.report().view());
    status.put("copies", repair.everywhere());
    status.put("extents", storage.extents().usage());
    status.put("disks", storage.space().uses());
    status.put("failedFolders", storage.extents().failures());
    status.put("scrub", scrub());
    status.put("counters", registry.counters());
    return status;
  }

  /** The way out when a quorum is gone for good. */
  RescueDesk rescue() {
    long limit = TimeUnit.NANOSECONDS.toMicros(configuration.health().clockLimit().toNanos());
    return new RescueDesk(membership(), TIME, limit);
  }

  /** Whether there are more nodes than copies. */
  boolean spreads() {
    Layout layout = membership().layout();
    if (layout == null) {
      return false;
    }
    int holders = layout.to().holders().size();
    return layout.to().classes().stream().anyMatch(copies -> copies.n() < holders);
  }

  /** Hears of S3's requests: the metrics, the trace, and the log where slow ones are asked for. */
  RequestObserver observer(RequestTrace trace) {
    RequestMetrics requests = registry.requests();
    RequestObserver counted =
        request -> {
          requests.ended(request);
          trace.ended(request);
        };
    Duration slow = configuration.metrics().slow();
    if (slow == null) {
      return counted;
    }
    var told = new SlowRequests(slow, LOG::warn, TIME);
    return request -> {
      counted.ended(request);
      told.ended(request);
    };
  }

  @Override
  public String metrics() {
    return registry.text();
  }
}
