package rondo.server.boot;

import static rondo.store.system.SystemPorts.TIME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeNames;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.streaming.MoveProgress;
import rondo.ring.value.NodeId;
import rondo.s3.sweep.LifecycleCounters;
import rondo.server.admin.NodeView;
import rondo.server.config.Configuration;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReport;
import rondo.server.link.NodeLinks;
import rondo.server.order.Absences;
import rondo.server.repair.NodeRepair;
import rondo.server.storage.NodeStorage;
import rondo.storage.chunk.StorageUsage;
import rondo.store.shard.ShardCounters;
import rondo.store.transport.Peer;
import rondo.store.transport.PeerCounters;

/** The state that a node shows. Thread-safe. */
record NodeStatus(
    Membership membership,
    NodeStorage storage,
    PeerCounters peers,
    LifecycleCounters lifecycles,
    ShardCounters shards,
    NodeRepair repair,
    NodeHealth healths,
    Configuration configuration)
    implements NodeView {
  /** The rate of one stream of chunks over a fast network, for estimates. */
  private static final long UNTHROTTLED = 256L << 20;

  /** The status of a node whose workers have done nothing yet. */
  static NodeStatus of(
      Configuration configuration,
      NodeStorage storage,
      NodeLinks links,
      NodeRing ring,
      NodeTraffic traffic) {
    return new NodeStatus(
        ring.membership(),
        storage,
        links.counters(),
        new LifecycleCounters(),
        new ShardCounters(),
        ring.repair(),
        new NodeHealth(
            ring.membership(),
            storage.clock().judge(),
            ring.repair(),
            traffic,
            configuration.health(),
            storage.space(),
            links.chunks()::isFull,
            new Absences(ring.orders(), ring.membership(), TIME)),
        configuration);
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
    String trouble = trouble(membership, peer().self());
    return trouble.isEmpty() ? storage.clock().judge().trouble() : trouble;
  }

  /** Why a node takes no part in its cluster now; empty when it does. */
  static String trouble(Membership membership, NodeId self) {
    Layout layout = membership.layout();
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
    return repair.report().missing(NodeNames.of(membership.layout()));
  }

  @Override
  public Map<String, Object> losses() {
    return repair.losses().view();
  }

  @Override
  public Map<String, Object> acceptLosses(String node) {
    return repair.losses().accept(NodeNames.of(membership.layout()).find(node).toString());
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
    Layout layout = membership.layout();
    return layout == null ? "no layout yet\n" : RingDrawing.draw(layout, membership::suspected);
  }

  @Override
  public long copyBytes() {
    Layout layout = membership.layout();
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
    status.put("node", membership.own().label());
    status.put("id", peer().self().toString());
    status.put("cluster", peer().cluster());
    status.put("trouble", trouble());
    status.put("health", health().view());
    status.put("durability", configuration.storage().durability().name());
    Layout layout = membership.layout();
    if (layout != null) {
      var view = new LayoutView(layout, membership, healths.absences());
      status.put("layout", view.layout());
      status.put("nodes", view.nodes());
    }
    status.put("load", healths.traffic().view());
    status.put("rates", healths.absences().book().rates().view());
    status.put("banned", healths.absences().book().orders().banned());
    status.put("copying", membership.progress());
    status.put("repair", repair.report().view());
    status.put("copies", repair.everywhere());
    status.put("extents", storage.extents().usage());
    status.put("disks", storage.space().uses());
    status.put("failedFolders", storage.extents().failures());
    status.put("scrub", scrub());
    status.put("counters", counters());
    return status;
  }

  /** Whether there are more nodes than copies. */
  boolean spreads() {
    Layout layout = membership.layout();
    if (layout == null) {
      return false;
    }
    int holders = layout.to().holders().size();
    return layout.to().classes().stream().anyMatch(copies -> copies.n() < holders);
  }

  private Map<String, Long> counters() {
    var counters = new LinkedHashMap<String, Long>();
    var metadata = storage.engine().counters();
    counters.put("metadata_writes", metadata.writes().sum());
    counters.put("metadata_log_bytes", metadata.logBytes().sum());
    counters.put("metadata_syncs", metadata.syncs().sum());
    counters.put("metadata_stalls", metadata.stalls().sum());
    counters.put("metadata_slowed", metadata.slowed().sum());
    counters.put("metadata_stall_micros", metadata.stallMicros().sum());
    counters.put("metadata_refused", metadata.refused().sum());
    counters.put("metadata_checkpoints", metadata.checkpoints().sum());
    counters.put("metadata_flushed_bytes", metadata.flushedBytes().sum());
    counters.put("metadata_merges", metadata.merges().sum());
    counters.put("metadata_merged_bytes", metadata.mergedBytes().sum());
    counters.put("metadata_merge_failures", metadata.mergeFailures().sum());
    counters.put("metadata_block_reads", metadata.blockReads().sum());
    counters.put("metadata_index_reads", metadata.indexReads().sum());
    counters.put("metadata_damaged_reads", metadata.damaged().sum());
    counters.put("peer_requests_sent", peers.sent());
    counters.put("peer_requests_served", peers.served());
    counters.put("peer_connections_refused", peers.refused());
    counters.putAll(healths.traffic().clients().counters().values());
    counters.putAll(storage.upkeep().counters());
    counters.putAll(storage.metadataScrub().counters());
    counters.putAll(lifecycles.values());
    counters.putAll(shards.values());
    counters.putAll(repair.report().counters());
    return counters;
  }

  @Override
  public String metrics() {
    var text = new StringBuilder();
    counters().forEach((name, value) -> metric(text, name + "_total", "counter", value));
    StorageUsage usage = storage.extents().usage();
    metric(text, "extents_live_bytes", "gauge", usage.liveBytes());
    metric(text, "extents_dead_bytes", "gauge", usage.deadBytes());
    metric(text, "extents_free_bytes", "gauge", usage.freeBytes());
    metric(text, "extents_damaged_chunks", "gauge", usage.damagedChunks());
    metric(text, "folders_failed", "gauge", storage.extents().failures().size());
    metric(text, "scrub_ended_seconds", "gauge", storage.upkeep().lastEndedMicros() / 1_000_000);
    Layout layout = membership.layout();
    metric(text, "layout_epoch", "gauge", layout == null ? 0 : layout.epoch());
    if (layout != null) {
      metric(text, "layout_nodes", "gauge", RingDrawing.nodes(layout).size());
      metric(text, "layout_replicas", "gauge", layout.to().classes().getFirst().n());
      metric(text, "layout_moving", "gauge", layout.joint() ? 1 : 0);
      metric(text, "layout_release", "gauge", layout.members().release());
    }
    MoveProgress progress = membership.progress();
    metric(text, "copy_partitions_done", "gauge", progress.done());
    metric(text, "copy_partitions_wanted", "gauge", progress.total());
    var clients = healths.traffic().clients();
    clients.gauges().forEach((name, value) -> metric(text, name, "gauge", value));
    shards.gauges().forEach((name, value) -> metric(text, name, "gauge", value));
    repair.report().gauges().forEach((name, value) -> metric(text, name, "gauge", value));
    HealthReport health = health();
    metric(text, "clock_ahead_micros", "gauge", storage.clock().judge().aheadMicros());
    metric(text, "repair_whole", "gauge", health.isGood(HealthQuestion.WHOLE) ? 1 : 0);
    metric(text, "ready", "gauge", health.isGood(HealthQuestion.READY) ? 1 : 0);
    text.append(health.metrics());
    text.append(storage.space().metrics());
    return NamedSeries.of(text.toString(), membership);
  }

  private static void metric(StringBuilder text, String name, String type, long value) {
    text.append("# TYPE rondo_%s %s%nrondo_%s %d%n".formatted(name, type, name, value));
  }
}
