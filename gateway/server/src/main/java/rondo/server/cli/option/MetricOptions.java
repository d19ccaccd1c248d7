package rondo.server.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.Durations;
import rondo.server.config.MetricSettings;
import rondo.server.config.log.RecordSettings;

/** What is told of requests: a part of the table of settings. */
final class MetricOptions {
  @Option(
      names = "--metrics-top",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description =
          "Has metrics, which need no signature, count requests and bytes by bucket and by account"
              + " too, for so many of the busiest of each. Default: ${DEFAULT-VALUE}")
  int top;

  @Option(
      names = "--slow-requests",
      paramLabel = "TIME",
      description =
          "Writes a line for each request to S3 that takes so long, such as 5s: its id, and where"
              + " the time went. Default: none")
  @Nullable String slow;

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  MetricSettings settings(RecordSettings records) {
    return new MetricSettings(top, slow == null ? null : Durations.parse(slow), records);
  }
}
