package rondo.server.cli.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.admin.OrderOptions;
import tools.jackson.databind.JsonNode;

/** Drains, removes and gives up nodes, each by one command that shows first what it will do. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Drains nodes, removes them, takes them back, and announces absences.",
    subcommands = {
      NodeCommand.Drain.class,
      NodeCommand.Resume.class,
      NodeCommand.Remove.class,
      NodeCommand.Lose.class,
      ScaleCommand.class,
      MaintenanceCommand.class,
      UnbanCommand.class
    })
public final class NodeCommand {
  private NodeCommand() {}

  /** One order about one node. */
  static final class NodeOrder {
    @Mixin AdminClient admin = new AdminClient();

    @Mixin OrderOptions options = new OrderOptions();

    @Parameters(paramLabel = "NODE", description = "Its name, or the beginning of it.")
    String node = "";

    @Option(names = "--dry-run", description = "Only shows what would be done.")
    boolean dryRun;

    /** Shows the plan, and carries it out; returns the node's id. */
    String give(String order) {
      return plan(order) ? carryOut(order) : "";
    }

    /** Shows the plan; false when that is all that is wanted. As JSON one thing alone is shown. */
    boolean plan(String order) {
      String body = options.body(order + " " + node);
      if (dryRun) {
        admin.showText("POST", "/v1/layout/plan", body);
      } else {
        JsonNode plan = admin.read("POST", "/v1/layout/plan", body);
        admin.say(plan.path("text").asString("").stripTrailing());
      }
      return !dryRun;
    }

    String carryOut(String order) {
      JsonNode done = admin.showText("POST", "/v1/layout/now", options.body(order + " " + node));
      String given = done.path("orders").path(0).asString();
      return given.substring(given.indexOf(' ') + 1);
    }
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = "Moves everything off a node; it stays a member, and 'resume' fills it again.")
  static final class Drain implements Callable<Integer> {
    @Mixin NodeOrder order = new NodeOrder();

    @Override
    public Integer call() {
      order.give("drain");
      return 0;
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description =
          "Forgets what was ordered about a node: it takes its share again, also one that was"
              + " removed or lost and runs.")
  static final class Resume implements Callable<Integer> {
    @Mixin NodeOrder order = new NodeOrder();

    @Override
    public Integer call() {
      order.give("add");
      return 0;
    }
  }

  @Command(
      name = "lose",
      mixinStandardHelpOptions = true,
      description = "Declares a node gone for good: others take over without its help.")
  static final class Lose implements Callable<Integer> {
    @Mixin NodeOrder order = new NodeOrder();

    @Override
    public Integer call() {
      order.give("lose");
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Moves everything off a node, and makes it a member no more; waits until it may be"
            + " switched off."
      })
  static final class Remove implements Callable<Integer> {
    @Mixin NodeOrder order = new NodeOrder();

    @Option(
        names = "--ban",
        description = "Keeps its name out until 'rondo node unban'; else it may come back empty.")
    boolean ban;

    @Option(names = "--no-wait", description = "Doesn't wait: 'rondo ring' shows how far it is.")
    boolean noWait;

    @Override
    public Integer call() throws InterruptedException {
      if (!order.plan("remove")) {
        return 0;
      }
      String name = name(order.node);
      if (ban) {
        JsonNode banned = order.admin.read("PUT", "/v1/bans/" + name, "");
        order.admin.say(banned.path("text").asString("").stripTrailing());
      }
      String id = order.carryOut("remove");
      if (noWait) {
        return 0;
      }
      while (shown().values().contains(id)) {
        TimeUnit.SECONDS.sleep(1);
      }
      order.admin.say("node '%s' holds nothing any more".formatted(name));
      awaitSilent();
      order.admin.say(
          "node '%s' reaches no other node any more: it may be switched off. %s"
              .formatted(
                  name,
                  ban
                      ? "Its name is kept out until 'rondo node unban " + name + "'."
                      : "With an empty data folder it may come back under its name."));
      return 0;
    }

    /** Waits until no member lets the removed node in: each knows of it, or its lease is over. */
    private void awaitSilent() throws InterruptedException {
      String told = "";
      while (true) {
        JsonNode shown = order.admin.read("GET", "/v1/layout", "");
        if (shown.path("silent").isEmpty()) {
          return;
        }
        String silent = shown.path("silent").toString();
        if (!silent.equals(told)) {
          order.admin.say("waiting for nodes that don't know of it yet: " + silent);
          told = silent;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }

    /** The name of the node that a word means; the word itself when it is none. */
    private String name(String word) {
      Map<String, String> all = shown();
      if (all.containsKey(word)) {
        return word;
      }
      return all.entrySet().stream()
          .filter(it -> it.getKey().startsWith(word) || it.getValue().startsWith(word))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(word);
    }

    /** The ids of the nodes, by their names. */
    private Map<String, String> shown() {
      var nodes = new LinkedHashMap<String, String>();
      JsonNode status = order.admin.read("GET", "/v1/status", "");
      for (JsonNode node : status.path("nodes")) {
        nodes.put(node.path("name").asString(), node.path("id").asString());
      }
      return nodes;
    }
  }
}
