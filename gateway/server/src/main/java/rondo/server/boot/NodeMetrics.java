package rondo.server.boot;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.placement.Node;
import rondo.ring.streaming.MoveProgress;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReport;
import rondo.storage.chunk.StorageUsage;

/**
 * A node's state as metrics in Prometheus' text format. Each series that has labels has the name of
 * the node as one of them, so that those of several nodes can be told apart where they were
 * collected through one address.
 */
final class NodeMetrics {
  /** The end of a series' labels; values of labels may have braces, numbers don't. */
  private static final Pattern LABELS_END =
      Pattern.compile("(?m)^(rondo_\\w+\\{.*)\\}( -?[0-9]+)$");

  private final StringBuilder text = new StringBuilder();

  private NodeMetrics() {}

  /** All metrics of a node, among them these counters. */
  static String of(NodeStatus status, Map<String, Long> counters) {
    var metrics = new NodeMetrics();
    counters.forEach((name, value) -> metrics.add(name + "_total", "counter", value));
    metrics.storage(status);
    metrics.layout(status);
    var clients = status.healths().traffic().clients();
    clients.gauges().forEach(metrics::gauge);
    status.shards().gauges().forEach(metrics::gauge);
    status.repair().report().gauges().forEach(metrics::gauge);
    HealthReport health = status.health();
    metrics.gauge("clock_ahead_micros", status.storage().clock().judge().aheadMicros());
    metrics.gauge("repair_whole", health.isGood(HealthQuestion.WHOLE) ? 1 : 0);
    metrics.gauge("ready", health.isGood(HealthQuestion.READY) ? 1 : 0);
    metrics.text.append(health.metrics()).append(status.storage().space().metrics());
    return named(metrics.text.toString(), status.membership().own().label());
  }

  /** The metrics with the node's name among the labels of those that have labels. */
  static String named(String text, String node) {
    return LABELS_END.matcher(text).replaceAll("$1,node=\"" + node + "\"}$2");
  }

  private void storage(NodeStatus status) {
    StorageUsage usage = status.storage().extents().usage();
    gauge("extents_live_bytes", usage.liveBytes());
    gauge("extents_dead_bytes", usage.deadBytes());
    gauge("extents_free_bytes", usage.freeBytes());
    gauge("extents_damaged_chunks", usage.damagedChunks());
    gauge("folders_failed", status.storage().extents().failures().size());
    gauge("scrub_ended_seconds", status.storage().upkeep().lastEndedMicros() / 1_000_000);
  }

  private void layout(NodeStatus status) {
    @Nullable Layout layout = status.membership().layout();
    gauge("layout_epoch", layout == null ? 0 : layout.epoch());
    if (layout != null) {
      gauge("layout_nodes", RingDrawing.nodes(layout).size());
      gauge("layout_replicas", layout.to().classes().getFirst().n());
      gauge("layout_moving", layout.joint() ? 1 : 0);
      gauge("layout_release", layout.members().release());
      peers(status, layout);
    }
    MoveProgress progress = status.membership().progress();
    gauge("copy_partitions_done", progress.done());
    gauge("copy_partitions_wanted", progress.total());
  }

  private void peers(NodeStatus status, Layout layout) {
    type("peer_down", "gauge");
    for (Node node : RingDrawing.nodes(layout)) {
      if (!node.id().equals(status.peer().self())) {
        int down = status.membership().suspected(node.id()) ? 1 : 0;
        text.append("rondo_peer_down{peer=\"%s\"} %d\n".formatted(node.label(), down));
      }
    }
  }

  private void gauge(String name, long value) {
    add(name, "gauge", value);
  }

  private void add(String name, String type, long value) {
    type(name, type);
    text.append("rondo_").append(name).append(' ').append(value).append('\n');
  }

  private void type(String name, String type) {
    text.append("# TYPE rondo_").append(name).append(' ').append(type).append('\n');
  }
}
