package rondo.server.bench;

import java.util.Locale;

/** Prints two results side by side. */
final class ResultComparison {
  private final StringBuilder table = new StringBuilder();

  private ResultComparison() {}

  static String of(BenchResult a, BenchResult b) {
    var comparison = new ResultComparison();
    comparison.text("", "A", "B", "B / A");
    a.plan()
        .forEach((name, value) -> {
          String other = b.plan().getOrDefault(name, "");
          if (!value.equals(other)) {
            comparison.text(name, value, other, "differs");
          }
        });
    for (BenchResult.KindResult ofA : a.operations()) {
      for (BenchResult.KindResult ofB : b.operations()) {
        if (ofA.kind().equals(ofB.kind())) {
          comparison.kind(ofA, ofB);
        }
      }
    }
    comparison.row(
        "client CPU us/op",
        a.perOperation(a.clientCpuSeconds()),
        b.perOperation(b.clientCpuSeconds()));
    comparison.row(
        "servers' CPU us/op",
        a.perOperation(a.serverCpuSeconds()),
        b.perOperation(b.serverCpuSeconds()));
    comparison.row("servers' peak MiB", peakMib(a), peakMib(b));
    return comparison.table.toString();
  }

  private void kind(BenchResult.KindResult a, BenchResult.KindResult b) {
    row(a.kind() + " ops/s", a.perSecond(), b.perSecond());
    row(a.kind() + " MiB/s", a.bytesPerSecond() / (1 << 20), b.bytesPerSecond() / (1 << 20));
    row(a.kind() + " failed", (double) a.failed(), (double) b.failed());
    row(a.kind() + " mean ms", a.latency().mean(), b.latency().mean());
    row(a.kind() + " p50 ms", a.latency().p50(), b.latency().p50());
    row(a.kind() + " p99 ms", a.latency().p99(), b.latency().p99());
    row(a.kind() + " p99.9 ms", a.latency().p999(), b.latency().p999());
    row(a.kind() + " max ms", a.latency().max(), b.latency().max());
  }

  private static double peakMib(BenchResult result) {
    return result.servers().stream().mapToLong(BenchResult.Server::peakBytes).sum() / 1048576.0;
  }

  private void row(String name, double a, double b) {
    if (a != 0 || b != 0) {
      text(name, number(a), number(b), a == 0 ? "" : number(b / a));
    }
  }

  private void text(String name, String a, String b, String ratio) {
    table.append(String.format(Locale.ROOT, "%-28s %14s %14s %9s%n", name, a, b, ratio));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%.0f", value);
  }
}
