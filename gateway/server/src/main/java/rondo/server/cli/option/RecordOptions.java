package rondo.server.cli.option;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.ByteSizes;
import rondo.server.config.log.AccessLogSettings;
import rondo.server.config.log.AuditSettings;
import rondo.server.config.log.RecordSettings;
import rondo.server.config.log.TraceSettings;

/** What a node writes down of its requests: a part of the table of settings. */
final class RecordOptions {
  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Writes a line for each request to S3 there, in the format of S3's server access logs;"
              + " - is standard output. Default: none")
  @Nullable String accessLog;

  @Option(
      names = "--access-log-size",
      paramLabel = "SIZE",
      defaultValue = "100MiB",
      description =
          "How large the file becomes before it is set aside as FILE.1. Default: ${DEFAULT-VALUE}")
  String accessLogSize = "";

  @Option(
      names = "--access-log-files",
      paramLabel = "NUMBER",
      defaultValue = "5",
      description = "How many files that were set aside are kept. Default: ${DEFAULT-VALUE}")
  int accessLogFiles;

  @Option(
      names = "--audit",
      description =
          "Keeps an audit log in the data folder: who changed which bucket, setting, policy, user,"
              + " node or layout, whether it was allowed, and why.")
  boolean audit;

  @Option(
      names = "--audit-required",
      description =
          "Refuses what the audit log is to have an entry of, with 503, while that can't be"
              + " written.")
  boolean auditRequired;

  @Option(
      names = "--audit-data",
      paramLabel = "BUCKET",
      split = ",",
      description =
          "Buckets whose objects' reads and writes have entries too; * for all. Default: none")
  List<String> auditData = new ArrayList<>();

  @Option(
      names = "--audit-size",
      paramLabel = "SIZE",
      defaultValue = "16MiB",
      description =
          "How large a file of the audit log becomes before the next is begun."
              + " Default: ${DEFAULT-VALUE}")
  String auditSize = "";

  @Option(
      names = "--audit-files",
      paramLabel = "NUMBER",
      defaultValue = "64",
      description = "How many files of the audit log are kept. Default: ${DEFAULT-VALUE}")
  int auditFiles;

  @Option(
      names = "--audit-webhook",
      paramLabel = "URL",
      description = "Sends the entries of the audit log there too. Default: none")
  @Nullable URI auditWebhook;

  @Option(
      names = "--audit-webhook-token-file",
      paramLabel = "FILE",
      description = "A bearer token to send along; read again for each request.")
  @Nullable Path auditWebhookToken;

  @Option(
      names = "--otlp",
      paramLabel = "URL",
      description =
          "Sends OpenTelemetry traces of requests to S3 there, by OTLP over HTTP, such as"
              + " http://collector.example.net:4318/v1/traces. Default: none")
  @Nullable URI otlp;

  @Option(
      names = "--otlp-share",
      paramLabel = "NUMBER",
      defaultValue = "0.1",
      description =
          "Which share of the requests is traced, from 0 to 1; a client's traceparent says so"
              + " itself. Default: ${DEFAULT-VALUE}")
  double otlpShare;

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  RecordSettings settings() {
    var settings =
        new AuditSettings(
            audit,
            auditRequired,
            auditData,
            bytes("--audit-size", auditSize),
            auditFiles,
            auditWebhook,
            auditWebhookToken);
    return new RecordSettings(access(), settings, new TraceSettings(otlp, otlpShare));
  }

  private AccessLogSettings access() {
    return new AccessLogSettings(
        accessLog, bytes("--access-log-size", accessLogSize), accessLogFiles);
  }

  private static long bytes(String option, String size) {
    try {
      return ByteSizes.parse(size);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
