package rondo.server.metric;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A node's one registry of metrics. Parts keep plain counters, which are read when somebody asks;
 * Micrometer adds the JVM's and the process's own. Thread-safe.
 */
public final class NodeMetrics implements AutoCloseable {
  private final MetricCatalogue catalogue = MetricCatalogue.read();
  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Supplier<String> node;
  private final RequestMetrics requests;
  private final List<MetricSource> sources;

  /**
   * @param node the node's name, which goes with each of its series that has labels
   * @param requests of S3, which are counted as they end
   * @param sources of everything else
   */
  public NodeMetrics(Supplier<String> node, RequestMetrics requests, List<MetricSource> sources) {
    this.node = node;
    this.requests = requests;
    this.sources = List.copyOf(sources);
    var prometheus = new PrometheusRegistry();
    prometheus.register((MultiCollector) this::read);
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
    // In nanoseconds; process_cpu_seconds_total says it as Prometheus has it.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    for (MeterBinder binder :
        List.of(
            new JvmMemoryMetrics(),
            collections,
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())) {
      binder.bindTo(registry);
    }
  }

  /** Hears of the requests of S3. */
  public RequestMetrics requests() {
    return requests;
  }

  private MetricSnapshots read() {
    var reading = new MetricReading(catalogue, node.get());
    reading.put("rondo_build_info", 1, version(), Runtime.version().toString());
    reading.put("process_cpu_seconds_total", cpuSeconds());
    requests.read(reading);
    sources.forEach(source -> source.read(reading));
    return reading.snapshots();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime() / (double) TimeUnit.SECONDS.toNanos(1)
        : 0;
  }

  private static String version() {
    String version = NodeMetrics.class.getPackage().getImplementationVersion();
    return version == null ? "not packaged" : version;
  }

  /** All metrics in Prometheus' text format. */
  public String text() {
    return registry.scrape();
  }

  /** The counters without labels, by names without prefix and ending, ready to become JSON. */
  public Map<String, Long> counters() {
    var counters = new LinkedHashMap<String, Long>();
    for (MetricSnapshot metric : read()) {
      if (metric instanceof CounterSnapshot counter
          && counter.getDataPoints().getFirst().getLabels().isEmpty()) {
        String name = counter.getMetadata().getName();
        counters.put(
            name.startsWith("rondo_") ? name.substring("rondo_".length()) : name,
            (long) counter.getDataPoints().getFirst().getValue());
      }
    }
    return counters;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
