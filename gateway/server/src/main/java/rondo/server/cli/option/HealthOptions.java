package rondo.server.cli.option;

import picocli.CommandLine.Option;
import rondo.server.config.Durations;
import rondo.server.config.HealthSettings;

/** When a node counts as ready: a part of the table of settings. */
final class HealthOptions {
  @Option(
      names = "--ready-quorums",
      paramLabel = "PERCENT",
      defaultValue = "50",
      description =
          "The share of the partitions that must have their quorums for the node to be ready, so"
              + " that a few dead nodes don't take all gateways out of a balancer. Default:"
              + " ${DEFAULT-VALUE}")
  int readyQuorums;

  @Option(
      names = "--ready-while-rebuilding",
      description =
          "Has a node be ready while it rebuilds what damage took or an emptied disk had. Without"
              + " it, restarts that go from node to node by readiness wait for the rebuild.")
  boolean readyWhileRebuilding;

  @Option(
      names = "--clock-limit",
      paramLabel = "TIME",
      defaultValue = "10s",
      description =
          "How far a node's clock may be from the median of all nodes' clocks. One that is further"
              + " away isn't ready, coordinates no writes, and judges no lifecycle rules and locks."
              + " Default: ${DEFAULT-VALUE}")
  String clockLimit = "";

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  HealthSettings settings() {
    return new HealthSettings(readyQuorums, readyWhileRebuilding, Durations.parse(clockLimit));
  }
}
