package rondo.server.cli.option;

import picocli.CommandLine.Option;
import rondo.server.config.MetricSettings;

/** What metrics tell: a part of the table of settings. */
final class MetricOptions {
  @Option(
      names = "--metrics-top",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description =
          "Has metrics, which need no signature, count requests and bytes by bucket and by account"
              + " too, for so many of the busiest of each. Default: ${DEFAULT-VALUE}")
  int top;

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  MetricSettings settings() {
    return new MetricSettings(top);
  }
}
