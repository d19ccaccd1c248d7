package rondo.server.metric;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import rondo.ring.measure.DurationCounts;

/** Collects the values of all metrics at one moment. Used by one thread. */
public final class MetricReading {
  private static final String TOTAL = "_total";

  private static final double[] BOUNDS =
      DoubleStream.concat(
              Arrays.stream(DurationCounts.boundsSeconds()),
              DoubleStream.of(Double.POSITIVE_INFINITY))
          .toArray();

  private final MetricCatalogue catalogue;
  private final String node;
  private final Map<MetricDescription, Map<Labels, DataPointSnapshot>> points =
      new LinkedHashMap<>();

  /**
   * @param node the node's own name, which tells series apart that were collected through one
   *     address
   */
  MetricReading(MetricCatalogue catalogue, String node) {
    this.node = node;
    this.catalogue = catalogue;
  }

  /**
   * Notes a value.
   *
   * @param name as the catalogue has it
   * @param labels the values of its labels, in the catalogue's order
   * @throws IllegalStateException when the catalogue has no such metric
   */
  public void put(String name, double value, String... labels) {
    MetricDescription metric = catalogue.of(name, labels.length);
    Labels named = labels(metric, labels);
    add(
        metric,
        switch (metric.type()) {
          case COUNTER -> new CounterDataPointSnapshot(value, named, null, 0);
          case GAUGE -> new GaugeDataPointSnapshot(value, named, null);
          case HISTOGRAM -> throw new IllegalStateException(name + " is a histogram");
        });
  }

  /** Notes a whole number, as {@link #put(String, double, String...)}; exact up to 2^53. */
  public void put(String name, long value, String... labels) {
    put(name, (double) value, labels);
  }

  /** Notes the counts of durations, as {@link #put(String, double, String...)}. */
  public void put(String name, DurationCounts counts, String... labels) {
    MetricDescription metric = catalogue.of(name, labels.length);
    var buckets = ClassicHistogramBuckets.of(BOUNDS, counts.counts());
    add(
        metric,
        new HistogramDataPointSnapshot(
            buckets, counts.sumSeconds(), labels(metric, labels), null, 0));
  }

  /** Notes counters, or gauges, by names without the prefix and the ending. */
  public void putAll(Map<String, Long> values, String ending) {
    values.forEach((name, value) -> put("rondo_" + name + ending, value));
  }

  private Labels labels(MetricDescription metric, String... values) {
    Labels own = Labels.of(metric.labels().toArray(String[]::new), values);
    return own.isEmpty() ? own : own.add("node", node);
  }

  private void add(MetricDescription metric, DataPointSnapshot point) {
    // Two of the same labels would make the whole text unreadable.
    points.computeIfAbsent(metric, first -> new LinkedHashMap<>()).put(point.getLabels(), point);
  }

  MetricSnapshots snapshots() {
    var snapshots = new ArrayList<MetricSnapshot>();
    points.forEach((metric, values) -> snapshots.add(snapshot(metric, values.values())));
    return new MetricSnapshots(snapshots);
  }

  private static MetricSnapshot snapshot(
      MetricDescription metric, Collection<DataPointSnapshot> values) {
    return switch (metric.type()) {
      case COUNTER ->
          new CounterSnapshot(metadata(metric), of(CounterDataPointSnapshot.class, values));
      case GAUGE -> new GaugeSnapshot(metadata(metric), of(GaugeDataPointSnapshot.class, values));
      case HISTOGRAM ->
          new HistogramSnapshot(metadata(metric), of(HistogramDataPointSnapshot.class, values));
    };
  }

  private static MetricMetadata metadata(MetricDescription metric) {
    String name = metric.name();
    return new MetricMetadata(
        name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name,
        metric.help());
  }

  private static <T extends DataPointSnapshot> List<T> of(
      Class<T> type, Collection<DataPointSnapshot> values) {
    return values.stream().map(type::cast).toList();
  }
}
