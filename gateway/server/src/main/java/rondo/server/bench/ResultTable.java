package rondo.server.bench;

import java.util.Locale;

/** Prints a result for people. */
final class ResultTable {
  private static final double MIB = 1024 * 1024;

  private ResultTable() {}

  static String of(BenchResult result) {
    var table = new StringBuilder();
    table.append(title(result));
    table.append(
        row("", "ok", "ops/s", "MiB/s", "failed", "mean ms", "p50", "p90", "p99", "p99.9", "max"));
    for (BenchResult.KindResult kind : result.operations()) {
      table.append(kind(kind));
      if (kind.corrected() != null) {
        table.append(latencies("", "corrected", "", "", "", kind.corrected()));
      }
    }
    table.append(
        result.openLoop()
            ? "Latency counts from the intended start of each operation.\n"
            : "Closed loop: a slow answer delays the next question. The corrected lines count what"
                + " would\nhave been asked meanwhile (HdrHistogram's correction, interval = mean);"
                + " --rate measures it.\n");
    result
        .errors()
        .forEach((message, count) ->
            table.append(String.format(Locale.ROOT, "%8d x %s%n", count, message)));
    table.append(costs(result));
    return table.toString();
  }

  private static String title(BenchResult result) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s clients, %s, %.1f s%n",
        planned(result, "workload"),
        planned(result, "size"),
        planned(result, "concurrency"),
        result.openLoop() ? planned(result, "rate") + " ops/s asked for" : "closed loop",
        result.seconds());
  }

  private static String kind(BenchResult.KindResult kind) {
    return latencies(
        kind.kind(),
        Long.toString(kind.succeeded()),
        String.format(Locale.ROOT, "%.1f", kind.perSecond()),
        String.format(Locale.ROOT, "%.2f", kind.bytesPerSecond() / MIB),
        Long.toString(kind.failed()),
        kind.latency());
  }

  private static String latencies(
      String kind,
      String ok,
      String perSecond,
      String mib,
      String failed,
      BenchResult.Latency latency) {
    return row(
        kind,
        ok,
        perSecond,
        mib,
        failed,
        millis(latency.mean()),
        millis(latency.p50()),
        millis(latency.p90()),
        millis(latency.p99()),
        millis(latency.p999()),
        millis(latency.max()));
  }

  private static String costs(BenchResult result) {
    var costs = new StringBuilder();
    costs.append(
        String.format(
            Locale.ROOT,
            "client     %8.2f s CPU %10.1f us an operation%n",
            result.clientCpuSeconds(),
            result.perOperation(result.clientCpuSeconds())));
    for (BenchResult.Server server : result.servers()) {
      costs.append(
          String.format(
              Locale.ROOT,
              "pid %-7d%8.2f s CPU %10.1f us an operation %8.1f MiB at most%n",
              server.pid(),
              server.cpuSeconds(),
              result.perOperation(server.cpuSeconds()),
              server.peakBytes() / MIB));
    }
    return costs.toString();
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-10s %10s %10s %10s %8s %9s %9s %9s %9s %9s %9s%n", cells);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }

  private static String planned(BenchResult result, String name) {
    return result.plan().getOrDefault(name, "");
  }
}
