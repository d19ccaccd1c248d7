package rondo.server.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.Durations;
import rondo.server.config.StartException;
import rondo.server.kubernetes.DeclaredState.DeclaredBucket;
import tools.jackson.databind.json.JsonMapper;

/** Makes the buckets and users that the chart's values declare. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = {
      "Makes buckets and users as a file declares them, with a key in each of their secrets.",
      "Removes no bucket, user, key or secret. Needs the right to create secrets in the namespaces"
          + " that are named, and to get those."
    })
final class ReconcileCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(names = "--file", required = true, description = "What is declared, as JSON.")
  Path file = Path.of("");

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      required = true,
      description = "Where S3 answers; secrets name it to clients.")
  URI endpoint = URI.create("");

  @Option(
      names = "--endpoint-ca",
      paramLabel = "FILE",
      description = "The certificates (PEM) to trust there. Default: those that Java trusts.")
  @Nullable Path endpointCa;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "us-east-1",
      description = "The region that signatures name. Default: ${DEFAULT-VALUE}")
  String region = "";

  @Option(names = "--namespace", required = true, description = "Of secrets that name none.")
  String namespace = "";

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Labels of the secrets.")
  Map<String, String> labels = Map.of();

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long to wait for nodes that are ready. Default: ${DEFAULT-VALUE}")
  String limit = "";

  @Option(
      names = "--account",
      paramLabel = "FOLDER",
      defaultValue = KubernetesApi.ACCOUNT,
      description = "Where the service account's token is. Default: ${DEFAULT-VALUE}")
  Path account = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    apply(DeclaredState.read(file), KubernetesApi.of(System.getenv(), account));
    return 0;
  }

  /**
   * Makes all that is declared.
   *
   * @throws StartException at the first thing that can't be made; what was made before stays
   */
  void apply(DeclaredState declared, KubernetesApi api) throws InterruptedException {
    awaitReady(System.nanoTime() + Durations.parse(limit).toNanos());
    var s3 = new BucketCalls(endpoint, region, admin.credentials(), endpointCa);
    var buckets = new DeclaredBuckets(s3, admin);
    for (DeclaredBucket bucket : declared.buckets()) {
      admin.say(buckets.apply(bucket));
    }
    var users = new DeclaredUsers(s3, admin, api, namespace, labels);
    users.apply(declared.users()).forEach(admin::say);
    declared.buckets().stream()
        .filter(bucket -> !bucket.grants().isEmpty())
        .forEach(bucket -> admin.say(buckets.grant(bucket)));
  }

  /** Waits until the node that answers may be asked. */
  private void awaitReady(long end) throws InterruptedException {
    while (true) {
      String failure;
      try {
        String answer = admin.ask("/health");
        if (JsonMapper.shared().readTree(answer).path("ready").path("good").asBoolean()) {
          return;
        }
        failure = "it isn't ready";
      } catch (StartException e) {
        failure = String.valueOf(e.getMessage());
      }
      if (System.nanoTime() > end) {
        throw new StartException(
            "no node was ready within %s, so nothing is made: %s".formatted(limit, failure));
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }
}
