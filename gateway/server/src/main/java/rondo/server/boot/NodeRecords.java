package rondo.server.boot;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;
import rondo.s3.logging.AccessRecorder;
import rondo.s3.logging.RequestObserver;
import rondo.s3.logging.RequestRecords;
import rondo.server.accesslog.AccessLogWriter;
import rondo.server.audit.AuditFigures;
import rondo.server.audit.NodeAudit;
import rondo.server.backup.schedule.BackupFigures;
import rondo.server.config.Configuration;
import rondo.server.config.StartException;
import rondo.server.config.log.TraceSettings;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;
import rondo.server.link.AuditLinks;
import rondo.server.link.NodeLinks;
import rondo.server.metric.RecordMetrics;
import rondo.server.process.ClosingStack;
import rondo.server.storage.NodeStorage;
import rondo.server.tracing.RequestSpans;
import rondo.store.transport.Authority;
import rondo.store.transport.Peer;

/**
 * What a node writes down of its requests, and how its scheduled backups stand. Thread-safe.
 *
 * @param access null without an access log
 * @param spans null where requests aren't traced
 */
record NodeRecords(
    @Nullable AccessLogWriter access,
    NodeAudit audit,
    BackupFigures backups,
    @Nullable RequestSpans spans) {
  private static final String FOLDER = "audit";

  /**
   * Opens the logs.
   *
   * @throws StartException when the audit log can't be opened
   */
  static NodeRecords open(
      Configuration configuration, NodeStorage storage, NodeLinks links, ClosingStack closings) {
    AccessLogWriter access =
        AccessLogWriter.start(configuration.metrics().records().access(), TIME);
    if (access != null) {
      closings.add(access::close);
    }
    NodeAudit audit = audit(configuration, storage.folders().peer(), new AuditLinks(links));
    closings.add(audit::close);
    RequestSpans spans = spans(configuration.metrics().records().traces(), links.self());
    if (spans != null) {
      closings.add(spans::close);
    }
    return new NodeRecords(access, audit, new BackupFigures(TIME), spans);
  }

  private static @Nullable RequestSpans spans(TraceSettings traces, NodeId self) {
    URI collector = traces.collector();
    return collector == null
        ? null
        : new RequestSpans(collector, traces.share(), self.toString(), TIME);
  }

  private static NodeAudit audit(Configuration configuration, Peer peer, AuditLinks links) {
    Path folder = configuration.storage().first().resolve(FOLDER);
    Authority.Credentials credentials = peer.credentials();
    Authority pair = Authority.parse(credentials.certificate() + credentials.key());
    var identity =
        NodeAudit.Identity.of(
            links.self(), Objects.requireNonNull(pair.key()), pair.certificate().getPublicKey());
    try {
      return NodeAudit.open(
          configuration.metrics().records().audit(), folder, identity, links, TASKS, TIME);
    } catch (IOException e) {
      throw new StartException("can't open the audit log in " + folder + ": " + e, e);
    }
  }

  /**
   * Who is told of S3's requests.
   *
   * @param timed whether the observer wants to know where each request's time went
   */
  RequestRecords of(RequestObserver observer, boolean timed) {
    RequestObserver told =
        spans == null
            ? observer
            : request -> {
              observer.ended(request);
              spans.ended(request);
            };
    return new RequestRecords(
        told, access == null ? AccessRecorder.OFF : access, audit.trail(), timed || spans != null);
  }

  RecordMetrics metrics() {
    return new RecordMetrics(access, audit, backups, spans);
  }

  /** What an operator should see to. */
  List<HealthReason> warnings() {
    var warnings = new ArrayList<HealthReason>();
    AuditFigures figures = audit.figures();
    warn(warnings, HealthCause.ACCESS_LOG_LOSES, access == null ? "" : access.trouble());
    warn(warnings, HealthCause.AUDIT_LOSES, figures.trouble());
    warn(warnings, HealthCause.AUDIT_WEBHOOK, figures.webhook().trouble());
    warn(warnings, HealthCause.BACKUP_LATE, backups.trouble());
    return warnings;
  }

  private static void warn(List<HealthReason> warnings, HealthCause cause, String trouble) {
    if (!trouble.isEmpty()) {
      warnings.add(new HealthReason(HealthQuestion.WHOLE, cause, 1, trouble));
    }
  }
}
