package rondo.server.cli.option;

import picocli.CommandLine.Option;
import rondo.server.config.ClusterSettings;

/** How many copies a new cluster keeps: a part of the table of settings. */
final class QuorumOptions {
  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "0",
      description = "Copies of everything. Default: 3, or the number of nodes if that is smaller.")
  int replicas;

  @Option(
      names = "--read-quorum",
      paramLabel = "R",
      defaultValue = "0",
      description = "Copies that a read asks. Default: a majority of N.")
  int readQuorum;

  @Option(
      names = "--write-quorum",
      paramLabel = "W",
      defaultValue = "0",
      description = "Copies that a write waits for; R + W > N. Default: a majority of N.")
  int writeQuorum;

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  ClusterSettings settings(JoinOptions joined) {
    joined.check();
    ServerOptions.check(
        replicas < 0 || readQuorum < 0 || writeQuorum < 0,
        "--replicas, --read-quorum and --write-quorum are positive");
    ServerOptions.check(
        replicas > 0 && (readQuorum > replicas || writeQuorum > replicas),
        "a quorum can't be larger than --replicas");
    ServerOptions.check(
        readQuorum > 0 && writeQuorum > 0 && replicas > 0 && readQuorum + writeQuorum <= replicas,
        "R + W must be larger than N, or a read may miss what was written");
    return new ClusterSettings(
        joined.seeds(),
        joined.tokenFile,
        joined.expect,
        joined.found,
        joined.rejoin,
        replicas,
        readQuorum,
        writeQuorum);
  }
}
