package rondo.server.metric;

import org.jspecify.annotations.Nullable;
import rondo.server.accesslog.AccessLogWriter;
import rondo.server.audit.AuditFigures;
import rondo.server.audit.NodeAudit;
import rondo.server.backup.schedule.BackupFigures;
import rondo.server.tracing.RequestSpans;
import rondo.server.tracing.SpanFigures;

/**
 * The lines of the access log and of the audit log, those that were lost, and scheduled backups.
 *
 * @param access null when there is none
 * @param spans null where requests aren't traced
 */
public record RecordMetrics(
    @Nullable AccessLogWriter access,
    NodeAudit audit,
    BackupFigures backups,
    @Nullable RequestSpans spans)
    implements MetricSource {
  @Override
  public void read(MetricReading reading) {
    reading.put("rondo_access_log_lines_total", access == null ? 0L : access.written());
    reading.put("rondo_access_log_lost_total", access == null ? 0L : access.lost());
    AuditFigures figures = audit.figures();
    reading.put("rondo_audit_entries_total", figures.entries());
    reading.put("rondo_audit_lost_total", figures.lost());
    reading.put("rondo_audit_webhook_sent_total", figures.webhook().sent());
    reading.put("rondo_audit_webhook_failures_total", figures.webhook().failures());
    reading.put("rondo_audit_webhook_missed_total", figures.webhook().missed());
    reading.put("rondo_audit_webhook_waiting", figures.webhook().waiting());
    reading.put("rondo_backup_age_seconds", backups.ageSeconds());
    reading.put("rondo_backup_failures_total", backups.failures());
    SpanFigures traced = spans == null ? SpanFigures.NONE : spans.figures();
    reading.put("rondo_trace_spans_sent_total", traced.sent());
    reading.put("rondo_trace_spans_lost_total", traced.lost());
  }
}
