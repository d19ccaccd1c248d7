package rondo.server.metric;

import rondo.server.repair.RepairReport;

/** What a node's copies lack, and the repairs that bring it. */
public record RepairMetrics(RepairReport report) implements MetricSource {
  @Override
  public void read(MetricReading reading) {
    reading.putAll(report.gauges(), "");
    report
        .counters()
        .forEach((name, value) ->
            reading.put(
                name.equals("repair_bytes_copied")
                    ? "rondo_repair_copied_bytes_total"
                    : "rondo_" + name + "_total",
                value));
  }
}
