package rondo.server.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.metadata.engine.EngineException;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ExitStatus;
import rondo.server.cli.option.ServerOptions;
import rondo.server.config.Configuration;
import rondo.server.config.Configuration.Durability;
import rondo.server.config.ConsoleSettings;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.process.StopSignal;
import rondo.server.storage.NodeFolders;
import rondo.server.storage.RootCredentials;
import rondo.storage.folder.DiskException;

/** Runs a node until it is told to stop. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs one node.",
    footer = {
      "",
      "Each setting can also be given in the environment (RONDO_S3_LISTEN for --s3-listen) or in"
          + " the",
      "file of --config (s3-listen=...); flags come first, then the environment, then the file.",
      "RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY set root's credentials;",
      "RONDO_ROOT_OLDER_ACCESS_KEY and RONDO_ROOT_OLDER_SECRET_KEY older ones that stay valid.",
      "JDK_JAVA_OPTIONS passes options to the JVM, such as -Xmx2g."
    })
final class ServerCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 100;
  private static final long SELDOM_MILLIS = 1000;

  @Mixin ServerOptions options = new ServerOptions();

  @Override
  public Integer call() throws InterruptedException {
    return run(options.configuration(System.getenv()));
  }

  private static int run(Configuration configuration) throws InterruptedException {
    var node = new AtomicReference<>(start(configuration));
    StopSignal.onSignal(() -> running(node).close());
    String told = "";
    boolean greeted = false;
    while (running(node).displaced().isEmpty()) {
      String now = running(node).trouble();
      if (!greeted && now.isEmpty()) {
        greet(configuration, running(node));
        greeted = true;
      } else if (!greeted && !now.equals(told)) {
        System.out.println("not serving yet: " + now);
        System.out.flush();
        told = now;
      }
      TimeUnit.MILLISECONDS.sleep(greeted ? SELDOM_MILLIS : LOOK_MILLIS);
      String why = greeted ? running(node).outdated() : behind(configuration, running(node));
      if (!why.isEmpty() && !configuration.cluster().seeds().isEmpty()) {
        running(node).close();
        NodeFolders.setAside(configuration, why);
        node.set(start(configuration));
      }
    }
    System.err.println("rondo: " + running(node).displaced());
    running(node).close();
    // Past the hook for signals, which ends the process as if all were well.
    Runtime.getRuntime().halt(ExitStatus.FAILED);
    return ExitStatus.FAILED;
  }

  /**
   * Why the metadata that a node has started with is of no use any more. A node that is removed
   * while it runs stays removed.
   */
  private static String behind(Configuration configuration, NodeProcess node) {
    return configuration.cluster().rejoin() && node.isRemoved()
        ? "is of a node that was removed from the cluster"
        : node.outdated();
  }

  private static NodeProcess running(AtomicReference<NodeProcess> node) {
    return Objects.requireNonNull(node.get());
  }

  private static NodeProcess start(Configuration configuration) {
    try {
      return NodeProcess.start(configuration);
    } catch (DiskException | EngineException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String console(Configuration configuration, int port) {
    ConsoleSettings console = Objects.requireNonNull(configuration.endpoints().console());
    String scheme = console.certificate() == null ? "http" : "https";
    return scheme + "://" + console.listen().withPort(port).forClients();
  }

  private static void greet(Configuration configuration, NodeProcess node) {
    String scheme = configuration.s3().certificate() == null ? "http" : "https";
    HostPort listening = configuration.endpoints().s3().withPort(node.s3Port());
    String endpoint = scheme + "://" + listening.forClients();
    boolean given = configuration.secrets().accessKey() != null;
    String credentials =
        given
            ? "RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY"
            : configuration.storage().first().resolve(RootCredentials.FILE).toString();
    System.out.printf("S3 at %s, region %s%n", endpoint, configuration.s3().region());
    System.out.printf("root's credentials: %s%n", credentials);
    if (node.consolePort() > 0) {
      System.out.printf("console at %s%n", console(configuration, node.consolePort()));
    }
    if (configuration.storage().durability() == Durability.NONE) {
      System.out.println("durability none: a power cut may lose what was acknowledged last");
    }
    String variables =
        given
            ? "AWS_ACCESS_KEY_ID=$RONDO_ROOT_ACCESS_KEY"
                + " AWS_SECRET_ACCESS_KEY=$RONDO_ROOT_SECRET_KEY"
            : "$(sed 's/access_key/AWS_ACCESS_KEY_ID/; s/secret_key/AWS_SECRET_ACCESS_KEY/' %s)"
                .formatted(credentials);
    System.out.printf(
        """
        To try it:
          export %s AWS_DEFAULT_REGION=%s AWS_ENDPOINT_URL=%s
          aws s3 mb s3://first
          aws s3 cp README.md s3://first/ && aws s3 ls s3://first
        """,
        variables, configuration.s3().region(), endpoint);
    System.out.flush();
  }
}
