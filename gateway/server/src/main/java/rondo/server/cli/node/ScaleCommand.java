package rondo.server.cli.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import rondo.server.config.Durations;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has surplus nodes leave before the program that runs them ends them. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = {
      "Makes ready for COUNT nodes called NAME-0, NAME-1 and so on, as the pods of a stateful set"
          + " are.",
      "Drains those with higher numbers, and removes them from the cluster once they hold nothing."
          + " Takes back those with lower numbers that were drained or removed before.",
      "Goes on with what an earlier run has begun."
    })
final class ScaleCommand implements Callable<Integer> {
  /** How long to ask again before no answer counts as none. */
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long SELDOM_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "NAME", description = "What all their names begin with.")
  String name = "";

  @Parameters(index = "1", paramLabel = "COUNT", description = "How many nodes there will be.")
  int count;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "2h",
      description = "How long to wait at most. Default: ${DEFAULT-VALUE}")
  String limit = "";

  @Option(
      names = "--was",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many run now. Where that is more than COUNT, it is a failure that no node answers.")
  int was;

  private String told = "";
  private long toldNanos;

  @Override
  public Integer call() throws InterruptedException {
    if (count < 1) {
      throw new IllegalArgumentException("at least one node has to stay");
    }
    long end = System.nanoTime() + Durations.parse(limit).toNanos();
    var nodes = new NumberedNodes(name, count);
    JsonNode status = status(System.nanoTime() + SILENT_NANOS);
    if (status == null) {
      return unanswered();
    }
    takeBack(nodes.missed(status));
    List<String> surplus = nodes.surplus(status);
    if (surplus.isEmpty()) {
      return said("no member has to leave for %d nodes".formatted(count));
    }
    List<String> untold = nodes.untold(status);
    if (!untold.isEmpty()) {
      order("drain", untold, end);
    }
    if (!await(() -> isDrained(nodes), end)) {
      return late(surplus);
    }
    order("remove", surplus, end);
    if (!await(() -> isGone(nodes), end)) {
      return late(surplus);
    }
    return said("nothing is left on %s: they may be ended".formatted(words(surplus)));
  }

  private int said(String end) {
    admin.show("GET", "/v1/layout", "", _ -> admin.say(end));
    return 0;
  }

  private static boolean await(BooleanSupplier done, long end) throws InterruptedException {
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.SECONDS.sleep(1);
    }
    return true;
  }

  /** A node's status; null when none answers until then. */
  private @Nullable JsonNode status(long untilNanos) throws InterruptedException {
    while (true) {
      try {
        return admin.read("GET", "/v1/status", "");
      } catch (StartException e) {
        if (System.nanoTime() > untilNanos) {
          tell(String.valueOf(e.getMessage()));
          return null;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private int unanswered() {
    if (was > count) {
      throw new StartException(
          "no node answers, so %d of %d nodes can't be drained: have the nodes run first, or end"
                  .formatted(was - count, was)
              + " them without this command, and what they alone hold can't be read meanwhile");
    }
    admin.say("no node answers, and none is known to leave: nothing is done");
    return 0;
  }

  private void takeBack(List<String> missed) {
    for (String node : missed) {
      admin.say("taking back " + node);
      admin.say(given("/v1/layout/now", "add", List.of(node)));
    }
  }

  /**
   * Gives an order about all nodes at once, so that data moves once; says first what it will do.
   *
   * @throws StartException when the cluster refuses it, or doesn't take it in time, with its reason
   */
  private void order(String word, List<String> nodes, long end) throws InterruptedException {
    String plan = given("/v1/layout/plan", word, nodes);
    if (word.equals("drain")) {
      admin.say(plan);
    }
    while (true) {
      try {
        admin.say(given("/v1/layout/now", word, nodes));
        return;
      } catch (StartException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        tell(String.valueOf(e.getMessage()));
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  /** Gives an order; returns what the node says of it. */
  private String given(String path, String word, List<String> nodes) {
    List<String> orders = nodes.stream().map(node -> word + " " + node).toList();
    String body = JsonMapper.shared().writeValueAsString(Map.of("orders", orders));
    return admin.read("POST", path, body).path("text").asString("").stripTrailing();
  }

  /** Whether surplus nodes hold nothing any more; tells how far that is. */
  private boolean isDrained(NumberedNodes nodes) {
    try {
      JsonNode status = admin.read("GET", "/v1/status", "");
      List<String> holding = nodes.holding(status);
      if (holding.isEmpty()) {
        return nodes.untold(status).isEmpty();
      }
      JsonNode copying = status.path("copying");
      tell(
          "data is moving from %s: %s has taken over %d of %d partitions, time remaining: %s"
              .formatted(
                  words(holding),
                  status.path("node").asString(),
                  copying.path("done").asInt(),
                  copying.path("total").asInt(),
                  remaining(copying.path("secondsLeft").asLong(-1))));
    } catch (StartException e) {
      tell(String.valueOf(e.getMessage()));
    }
    return false;
  }

  /** Whether surplus nodes are no members any more, and every member knows it. */
  private boolean isGone(NumberedNodes nodes) {
    try {
      JsonNode status = admin.read("GET", "/v1/status", "");
      JsonNode layout = admin.read("GET", "/v1/layout", "");
      if (nodes.surplus(status).isEmpty() && layout.path("silent").isEmpty()) {
        return true;
      }
      tell("waiting for nodes that don't know of it yet: " + layout.path("silent"));
    } catch (StartException e) {
      tell(String.valueOf(e.getMessage()));
    }
    return false;
  }

  private static String remaining(long seconds) {
    return seconds < 0 ? "unknown" : seconds + " s";
  }

  private int late(List<String> surplus) {
    System.err.printf(
        "rondo: data is still moving from %s after %s, so they may not be ended yet. It goes on:"
            + " give the order again with a longer --limit, or take them back by 'rondo node scale"
            + " %s' with the old number (on Kubernetes: helm rollback)%n",
        words(surplus), limit, name);
    return ExitStatus.FAILED;
  }

  private static String words(List<String> nodes) {
    return String.join(", ", nodes);
  }

  /** Prints a line that differs from the last one, at most every ten seconds. */
  private void tell(String line) {
    long now = System.nanoTime();
    if (!line.equals(told) && (told.isEmpty() || now - toldNanos > SELDOM_NANOS)) {
      admin.say(line);
      told = line;
      toldNanos = now;
    }
  }
}
