package rondo.server.metric;

import java.util.List;
import java.util.function.Supplier;
import rondo.ring.version.ClockJudge;
import rondo.server.health.HealthCause;
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
      for (HealthCause cause : HealthCause.of(question)) {
        long number = number(report.of(question), cause);
        reading.put("rondo_health_reason", number, question.key(), cause.key());
      }
    }
    for (HealthCause cause : HealthCause.values()) {
      if (cause.isWarning()) {
        reading.put("rondo_health_warning", number(report.warnings(), cause), cause.key());
      }
    }
    reading.put("rondo_ready", report.isGood(HealthQuestion.READY) ? 1 : 0);
    reading.put("rondo_repair_whole", report.isGood(HealthQuestion.WHOLE) ? 1 : 0);
    reading.put("rondo_clock_offset_seconds", clock.aheadMicros() / MICROS);
    reading.put("rondo_clock_ahead_micros", clock.aheadMicros());
  }

  /** The largest number of the reasons of a cause, as two disks may be full; 0 without any. */
  private static long number(List<HealthReason> reasons, HealthCause cause) {
    return reasons.stream()
        .filter(reason -> reason.cause() == cause)
        .mapToLong(HealthReason::number)
        .max()
        .orElse(0);
  }
}
