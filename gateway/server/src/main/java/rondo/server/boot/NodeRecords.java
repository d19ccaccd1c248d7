package rondo.server.boot;

import static rondo.store.system.SystemPorts.TIME;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.s3.audit.AuditTrail;
import rondo.s3.logging.AccessRecorder;
import rondo.s3.logging.RequestObserver;
import rondo.s3.logging.RequestRecords;
import rondo.server.accesslog.AccessLogWriter;
import rondo.server.config.Configuration;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;
import rondo.server.metric.RecordMetrics;
import rondo.server.process.ClosingStack;

/**
 * What a node writes down of its requests. Thread-safe.
 *
 * @param access null without an access log
 */
record NodeRecords(@Nullable AccessLogWriter access) {
  static NodeRecords open(Configuration configuration, ClosingStack closings) {
    AccessLogWriter access = AccessLogWriter.start(configuration.records().access(), TIME);
    if (access != null) {
      closings.add(access::close);
    }
    return new NodeRecords(access);
  }

  /** Who is told of S3's requests. */
  RequestRecords of(RequestObserver observer) {
    return new RequestRecords(
        observer, access == null ? AccessRecorder.OFF : access, AuditTrail.OFF);
  }

  RecordMetrics metrics() {
    return new RecordMetrics(access);
  }

  /** What an operator should see to. */
  List<HealthReason> warnings() {
    var warnings = new ArrayList<HealthReason>();
    String trouble = access == null ? "" : access.trouble();
    if (!trouble.isEmpty()) {
      warnings.add(
          new HealthReason(HealthQuestion.WHOLE, HealthCause.ACCESS_LOG_LOSES, 1, trouble));
    }
    return warnings;
  }
}
