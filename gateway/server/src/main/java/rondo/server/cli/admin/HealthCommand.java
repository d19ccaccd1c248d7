package rondo.server.cli.admin;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.option.ExitStatus;
import rondo.server.config.Durations;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the answers to the four questions about a node's health, with the reasons. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Shows whether a node is live and ready, whether all partitions have their quorums, and",
      "whether everything has all its copies; where not, why, and what to do.",
      "Needs no credentials. Exits with 1 when an answer is no."
    })
public final class HealthCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "Waits until all answers are yes, at most so long, such as 10m.")
  @Nullable String patience;

  @Override
  public Integer call() throws InterruptedException {
    Duration wait = patience == null ? Duration.ZERO : Durations.parse(patience);
    long end = System.nanoTime() + wait.toNanos();
    while (System.nanoTime() < end && !isGood()) {
      TimeUnit.SECONDS.sleep(1);
    }
    return show(admin.ask("/health"));
  }

  /** Whether all answers are yes; a node that gives none, as while it starts, isn't. */
  private boolean isGood() {
    try {
      return JsonMapper.shared()
          .readTree(admin.ask("/health"))
          .valueStream()
          .allMatch(found -> found.path("good").asBoolean(true));
    } catch (StartException notYet) {
      return false;
    }
  }

  private int show(String answer) {
    JsonNode view = JsonMapper.shared().readTree(answer);
    boolean good = true;
    for (Map.Entry<String, JsonNode> question : view.properties()) {
      JsonNode found = question.getValue();
      if (found.isArray()) {
        continue;
      }
      good &= found.path("good").asBoolean();
      if (!json) {
        System.out.printf(
            "%-7s %s%n", question.getKey(), found.path("good").asBoolean() ? "yes" : "NO");
        for (JsonNode reason : found.path("reasons")) {
          System.out.println("        " + reason.path("sentence").asString());
        }
      }
    }
    if (json) {
      System.out.print(answer);
    } else {
      for (JsonNode warning : view.path("warnings")) {
        System.out.println("warning " + warning.path("sentence").asString());
      }
    }
    return good ? 0 : ExitStatus.FAILED;
  }
}
