package rondo.server.cli.admin;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.option.ExitStatus;
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

  @Override
  public Integer call() {
    String answer = admin.ask("/health");
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
