package rondo.server.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.HostPort;

/** How a node finds its cluster: a part of the table of settings. */
final class JoinOptions {
  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Node ports of a cluster to join; any one that answers will do.")
  List<HostPort> join = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The join token: 'join-token' in the first node's first data folder.")
  @Nullable Path tokenFile;

  @Option(
      names = "--expect",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "With --join: N nodes whose folders are all empty form a cluster when they have met."
              + " Default: none, join one that exists.")
  int expect;

  void check() {
    ServerOptions.check(!join.isEmpty() && tokenFile == null, "--join needs --token-file");
  }
}
