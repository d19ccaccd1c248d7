package rondo.server.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.config.Durations;
import rondo.server.config.StartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives the pods of nodes conditions of their health, and events when those change. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Gives the pods NAME-0, NAME-1 and so on the conditions rondo/Whole and rondo/Quorum, and"
          + " events when those change, until it is stopped.",
      "Needs the right to get those pods, to patch their status, and to create events."
    })
final class WatchCommand implements Callable<Integer> {
  private static final Duration ANSWERED = Duration.ofSeconds(5);

  @Parameters(index = "0", paramLabel = "NAME", description = "What all pods' names begin with.")
  String name = "";

  @Parameters(index = "1", paramLabel = "COUNT", description = "How many pods there are.")
  int count;

  @Option(names = "--namespace", required = true, description = "The pods' namespace.")
  String namespace = "";

  @Option(
      names = "--health",
      paramLabel = "SUFFIX",
      required = true,
      description =
          "What follows a pod's name in the address of its health, such as"
              + " .store-nodes.space.svc:9003")
  String suffix = "";

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to wait between two rounds. Default: ${DEFAULT-VALUE}")
  String every = "";

  @Option(
      names = "--account",
      paramLabel = "FOLDER",
      defaultValue = KubernetesApi.ACCOUNT,
      description = "Where the service account's token is. Default: ${DEFAULT-VALUE}")
  Path account = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    var conditions = new PodConditions(KubernetesApi.of(System.getenv(), account), namespace);
    long pauseMillis = Durations.parse(every).toMillis();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWERED).build()) {
      while (true) {
        for (int number = 0; number < count; number++) {
          tell(conditions, client, name + "-" + number);
        }
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
    }
  }

  /** Asks a node, and tells Kubernetes what it said; a refusal of Kubernetes is a line. */
  void tell(PodConditions conditions, HttpClient client, String pod) throws InterruptedException {
    try {
      conditions.tell(pod, ask(client, pod), Instant.now()).forEach(System.out::println);
    } catch (StartException e) {
      System.err.println("rondo: " + e.getMessage());
    }
  }

  private List<HealthCondition> ask(HttpClient client, String pod) throws InterruptedException {
    var health = URI.create("http://" + pod + suffix + "/health");
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWERED).build();
      String page = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonNode view = JsonMapper.shared().readTree(page);
      return HealthCondition.of(view, "the node has no answer yet");
    } catch (IOException | JacksonException e) {
      return HealthCondition.of(null, "the node doesn't tell: " + e.getClass().getSimpleName());
    }
  }
}
