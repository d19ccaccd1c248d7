package rondo.server.cli.view;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
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
      return isGood(JsonMapper.shared().readTree(admin.ask("/health")));
    } catch (StartException notYet) {
      return false;
    }
  }

  private int show(String answer) {
    JsonNode view = admin.show(answer, this::say);
    return isGood(view) ? 0 : ExitStatus.FAILED;
  }

  private static boolean isGood(JsonNode view) {
    return view.valueStream().allMatch(found -> found.path("good").asBoolean(true));
  }

  private void say(JsonNode view) {
    for (Map.Entry<String, JsonNode> question : view.properties()) {
      JsonNode found = question.getValue();
      if (!found.isArray()) {
        admin.say(
            "%-7s %s".formatted(question.getKey(), found.path("good").asBoolean() ? "yes" : "NO"));
        found
            .path("reasons")
            .forEach(reason -> admin.say("        " + reason.path("sentence").asString()));
      }
    }
    view.path("warnings")
        .forEach(warning -> admin.say("warning " + warning.path("sentence").asString()));
  }
}
