package rondo.server.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.process.StopSignal;
import rondo.server.storage.JoinToken;
import rondo.server.storage.RootCredentials;

/** Runs a cluster of real processes on loopback, for experiments. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs several nodes on this machine as one cluster, until it is told to stop.",
    footer = {
      "",
      "Node n has S3 on base-port + 10 (n - 1), administration on the port after it and the node",
      "port after that. Settings in the environment (RONDO_PROFILE and so on) reach every node."
    })
final class DevCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many. Default: ${DEFAULT-VALUE}")
  int nodes;

  @Option(
      names = "--base-port",
      paramLabel = "PORT",
      defaultValue = "9000",
      description = "The first node's S3 port. Default: ${DEFAULT-VALUE}")
  int basePort;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "./rondo-dev",
      description = "Data folders node1, node2, ... and logs. Default: ${DEFAULT-VALUE}")
  Path dir = Path.of("");

  private final List<Process> processes = new ArrayList<>();
  private volatile boolean stopping;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (nodes < 1 || basePort < 1 || basePort + 10 * nodes > 65535) {
      throw new IllegalArgumentException("--nodes or --base-port is out of range");
    }
    Files.createDirectories(dir);
    StopSignal.onSignal(this::stop);
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int n = 1; n <= nodes; n++) {
      processes.add(launch(n));
      System.out.printf(
          "node %d: S3 at http://127.0.0.1:%d, console at http://127.0.0.1:%d, process %d, log"
              + " %s%n",
          n, port(n), port(n) + 4, processes.getLast().pid(), log(n));
    }
    var whole =
        Map.of(
            "rondo_ready",
            1L,
            "rondo_layout_nodes",
            (long) nodes,
            "rondo_layout_replicas",
            (long) Math.min(3, nodes),
            "rondo_layout_moving",
            0L);
    for (int n = 1; n <= nodes; n++) {
      await(n, end, whole);
    }
    greet();
    watch();
    return 0;
  }

  private void greet() {
    Path credentials = folder(1).resolve(RootCredentials.FILE);
    System.out.printf("root's credentials: %s%n", credentials);
    System.out.printf("ready: %d nodes, one cluster%n", nodes);
    System.out.printf(
        """
        To try it:
          export $(sed 's/access_key/AWS_ACCESS_KEY_ID/; s/secret_key/AWS_SECRET_ACCESS_KEY/' %s) \
        AWS_DEFAULT_REGION=us-east-1 AWS_ENDPOINT_URL=http://127.0.0.1:%d
          aws s3 mb s3://first
          aws s3 cp README.md s3://first/ && aws s3 ls s3://first
        """,
        credentials, basePort);
    System.out.flush();
  }

  /**
   * Tells of each node that ends, and how to start it again. It isn't started by itself: the
   * command is meant for killing nodes.
   */
  private void watch() throws InterruptedException {
    var watchers = new ArrayList<Thread>();
    for (int n = 1; n <= nodes; n++) {
      int node = n;
      Process process = processes.get(n - 1);
      watchers.add(
          Thread.startVirtualThread(() -> {
            int status = process.onExit().join().exitValue();
            if (!stopping) {
              System.out.printf(
                  "node %d ended with status %d; its log is %s. To start it again:%n  %s%n",
                  node, status, log(node), String.join(" ", arguments(node)));
              System.out.flush();
            }
          }));
    }
    for (Thread watcher : watchers) {
      watcher.join();
    }
  }

  private Path folder(int n) {
    return dir.resolve("node" + n);
  }

  private Path log(int n) {
    return dir.resolve("node" + n + ".log");
  }

  private int port(int n) {
    return basePort + 10 * (n - 1);
  }

  private String addresses() {
    return IntStream.rangeClosed(1, nodes)
        .mapToObj(n -> "127.0.0.1:" + (port(n) + 2))
        .collect(Collectors.joining(","));
  }

  /** The cluster's token; in folders that older versions made, the first node's. */
  private Path token() {
    Path older = folder(1).resolve(JoinToken.FILE);
    Path token = dir.resolve(JoinToken.FILE);
    if (!Files.exists(token) && Files.exists(older)) {
      return older;
    }
    if (!Files.exists(token)) {
      JoinToken.write(token);
    }
    return token;
  }

  private Process launch(int n) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvmArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(arguments(n).subList(1, arguments(n).size()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(n).toFile()))
        .start();
  }

  /** The command line of a node, as people write it. */
  private List<String> arguments(int n) {
    var command = new ArrayList<>(List.of("rondo", "server"));
    command.addAll(List.of("--data", folder(n).toString()));
    command.addAll(List.of("--s3-listen", "127.0.0.1:" + port(n)));
    command.addAll(List.of("--admin-listen", "127.0.0.1:" + (port(n) + 1)));
    command.addAll(List.of("--node-listen", "127.0.0.1:" + (port(n) + 2)));
    command.addAll(List.of("--console-listen", "127.0.0.1:" + (port(n) + 4)));
    command.addAll(List.of("--zone", "zone" + n));
    command.addAll(List.of("--node", "node" + n));
    if (nodes > 1) {
      command.addAll(List.of("--expect", Integer.toString(nodes)));
      command.addAll(List.of("--join", addresses()));
      command.addAll(List.of("--token-file", token().toString()));
    }
    return command;
  }

  /** This JVM's own options, without those that the environment gives to every JVM. */
  private static List<String> jvmArguments() {
    String given = System.getenv().getOrDefault("JDK_JAVA_OPTIONS", "");
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !given.contains(argument) && !argument.startsWith("-XX:AOTCacheOutput"))
        .toList();
  }

  private void await(int n, long end, Map<String, Long> wanted)
      throws IOException, InterruptedException {
    var node = new HostPort("127.0.0.1", port(n) + 1);
    while (!MetricsReader.read(node).entrySet().containsAll(wanted.entrySet())) {
      if (!processes.get(n - 1).isAlive()) {
        throw new StartException("node " + n + " ended:\n" + Files.readString(log(n)));
      }
      if (System.nanoTime() - end > 0) {
        throw new StartException("node " + n + " is not ready in time: see " + log(n));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void stop() {
    stopping = true;
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }
}
