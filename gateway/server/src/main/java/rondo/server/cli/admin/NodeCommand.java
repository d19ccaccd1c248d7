package rondo.server.cli.admin;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drains, removes and gives up nodes, each by one command that shows first what it will do. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Drains nodes, removes them, and takes them back.",
    subcommands = {
      NodeCommand.Drain.class,
      NodeCommand.Resume.class,
      NodeCommand.Remove.class,
      NodeCommand.Lose.class
    })
public final class NodeCommand {
  private NodeCommand() {}

  /** One order about one node. */
  static final class NodeOrder {
    @Mixin AdminClient admin = new AdminClient();

    @Mixin OrderOptions options = new OrderOptions();

    @Parameters(paramLabel = "NODE", description = "Its id, or the beginning of it.")
    String node = "";

    @Option(names = "--dry-run", description = "Only shows what would be done.")
    boolean dryRun;

    /** Shows the plan, and carries it out; returns the node's id. */
    String give(String order) {
      String body = options.body(order + " " + node);
      System.out.print(text(admin.call("POST", "/layout/plan", body)));
      if (dryRun) {
        return "";
      }
      String answer = admin.call("POST", "/layout/now", body);
      System.out.print(text(answer));
      String given = JsonMapper.shared().readTree(answer).path("orders").path(0).asString();
      return given.substring(given.indexOf(' ') + 1);
    }

    private static String text(String answer) {
      return JsonMapper.shared().readTree(answer).path("text").asString();
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

    @Option(names = "--no-wait", description = "Doesn't wait: 'rondo ring' shows how far it is.")
    boolean noWait;

    @Override
    public Integer call() throws InterruptedException {
      String id = order.give("remove");
      if (order.dryRun || noWait) {
        return 0;
      }
      while (isShown(id)) {
        TimeUnit.SECONDS.sleep(1);
      }
      System.out.printf("node %s holds nothing any more: it may be switched off%n", id);
      return 0;
    }

    private boolean isShown(String id) {
      JsonNode status = JsonMapper.shared().readTree(order.admin.call("GET", "/status", ""));
      for (JsonNode node : status.path("nodes")) {
        if (node.path("id").asString().equals(id)) {
          return true;
        }
      }
      return false;
    }
  }
}
