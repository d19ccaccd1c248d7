package rondo.server.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.AccessLogSettings;
import rondo.server.config.ByteSizes;

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

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  AccessLogSettings access() {
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
