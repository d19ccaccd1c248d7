package rondo.server.metric;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import rondo.ring.version.ClockJudge;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;
import rondo.server.health.HealthReport;

/** The answers to the questions about a node's health, and its clock. */
public record HealthMetrics(Supplier<HealthReport> health, ClockJudge clock)
    implements MetricSource {
  private static final double MICROS = 1e6;

  @Override
  public void read(MetricReading reading) {
    HealthReport report = health.get();
    for (HealthQuestion question : HealthQuestion.values()) {
      reading.put("rondo_health", report.isGood(question) ? 1 : 0, question.key());
      largest(report.of(question))
          .forEach(reason ->
              reading.put("rondo_health_reason", reason.number(), question.key(), reason.name()));
    }
    largest(report.warnings())
        .forEach(warning -> reading.put("rondo_health_warning", warning.number(), warning.name()));
    reading.put("rondo_ready", report.isGood(HealthQuestion.READY) ? 1 : 0);
    reading.put("rondo_repair_whole", report.isGood(HealthQuestion.WHOLE) ? 1 : 0);
    reading.put("rondo_clock_offset_seconds", clock.aheadMicros() / MICROS);
    reading.put("rondo_clock_ahead_micros", clock.aheadMicros());
  }

  /** One reason of each name: two disks may be full. */
  private static Iterable<HealthReason> largest(List<HealthReason> reasons) {
    return reasons.stream()
        .collect(
            Collectors.toMap(
                HealthReason::name,
                reason -> reason,
                (one, other) -> one.number() >= other.number() ? one : other))
        .values();
  }
}
