package rondo.server.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.HostPort;

/** How a node finds its cluster: a part of the table of settings. */
final class JoinOptions {
  private static final int NODE_PORT = 9002;

  @Option(
      names = "--join",
      paramLabel = "HOST",
      split = ",",
      description =
          "Nodes of the cluster, HOST or HOST:PORT of their node ports; the port is 9002 where none"
              + " is given. Any one that answers will do to join; to found a cluster, name all.")
  List<String> join = new ArrayList<>();

  /** Whether the node joins no other. */
  boolean isAlone() {
    return join.isEmpty();
  }

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
          "With --join of N nodes, this one too: they found a cluster once all of them answer, with"
              + " empty folders. Equal on all. Default: none, join one that exists.")
  int expect;

  @Option(
      names = "--found",
      description =
          "Founds a cluster of this node alone, if its folder is empty. Not needed where"
              + " --node-listen is on loopback. Leave it out after the first start.")
  boolean found;

  @Option(
      names = "--rejoin",
      description =
          "With --join: a node that was removed from the cluster, and is started again on its data"
              + " folder, sets its older metadata aside and joins as a new life of its name."
              + " Without it, that needs an empty folder.")
  boolean rejoin;

  /** The addresses of {@code --join}. */
  List<HostPort> seeds() {
    return join.stream()
        .map(text -> HostPort.parse(text.matches(".*:[0-9]+") ? text : text + ":" + NODE_PORT))
        .toList();
  }

  void check() {
    ServerOptions.check(!join.isEmpty() && tokenFile == null, "--join needs --token-file");
    ServerOptions.check(rejoin && join.isEmpty(), "--rejoin needs --join");
    ServerOptions.check(found && !join.isEmpty(), "--found and --join exclude each other");
    ServerOptions.check(
        expect > 1 && join.isEmpty(), "--expect needs --join: name the nodes, this one too");
  }
}
