package rondo.server.cli.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
      "Removes those with higher numbers from the cluster, and waits until they hold nothing."
          + " Takes back those with lower numbers that were removed before.",
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
    List<String> untold = nodes.untold(status);
    if (!untold.isEmpty() && !remove(untold, end)) {
      return late(surplus);
    }
    while (!surplus.isEmpty() && !isDone(nodes)) {
      if (System.nanoTime() > end) {
        return late(surplus);
      }
      TimeUnit.SECONDS.sleep(1);
    }
    String done =
        surplus.isEmpty()
            ? "no member has to leave for %d nodes".formatted(count)
            : "nothing is left on %s: they may be ended".formatted(words(surplus));
    admin.show("GET", "/layout", "", _ -> admin.say(done));
    return 0;
  }

  /** A node's status; null when none answers until then. */
  private @Nullable JsonNode status(long untilNanos) throws InterruptedException {
    while (true) {
      try {
        return admin.read("GET", "/status", "");
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
      admin.say(order("/layout/now", "add", List.of(node)));
    }
  }

  /**
   * Orders the removal of all at once, so that data moves once. False when the time is over.
   *
   * @throws StartException when the cluster refuses it, with its reason
   */
  private boolean remove(List<String> nodes, long end) throws InterruptedException {
    admin.say(order("/layout/plan", "remove", nodes));
    while (System.nanoTime() < end) {
      try {
        admin.say(order("/layout/now", "remove", nodes));
        return true;
      } catch (StartException e) {
        tell(String.valueOf(e.getMessage()));
        TimeUnit.SECONDS.sleep(1);
      }
    }
    return false;
  }

  /** Gives an order; returns what the node says of it. */
  private String order(String path, String word, List<String> nodes) {
    List<String> orders = nodes.stream().map(node -> word + " " + node).toList();
    String body = JsonMapper.shared().writeValueAsString(Map.of("orders", orders));
    return admin.read("POST", path, body).path("text").asString("").stripTrailing();
  }

  /** Whether all surplus nodes are gone, and every member knows it; tells how far that is. */
  private boolean isDone(NumberedNodes nodes) {
    try {
      JsonNode status = admin.read("GET", "/status", "");
      List<String> surplus = nodes.surplus(status);
      if (!surplus.isEmpty()) {
        JsonNode copying = status.path("copying");
        tell(
            "data is moving from %s: %s has taken over %d of %d partitions, time remaining: %s"
                .formatted(
                    words(surplus),
                    status.path("node").asString(),
                    copying.path("done").asInt(),
                    copying.path("total").asInt(),
                    remaining(copying.path("secondsLeft").asLong(-1))));
        return false;
      }
      JsonNode layout = admin.read("GET", "/layout", "");
      if (!layout.path("silent").isEmpty()) {
        tell("waiting for nodes that don't know of it yet: " + layout.path("silent"));
        return false;
      }
      return true;
    } catch (StartException e) {
      tell(String.valueOf(e.getMessage()));
      return false;
    }
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
