package rondo.server.cli.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the data folders of a node, adds further ones, and sends them away. */
@Command(
    name = "disk",
    mixinStandardHelpOptions = true,
    description =
        "Shows the data folders of the node of --admin, adds further ones to it, sends them away,"
            + " and takes a replaced one back.",
    subcommands = {
      DiskCommand.Show.class,
      DiskCommand.Replace.class,
      DiskCommand.Add.class,
      DiskCommand.Drain.class
    })
public final class DiskCommand {
  private DiskCommand() {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Shows each folder: the room on its disk, whether it works, and what is left in one that"
              + " leaves.")
  static final class Show implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.show("GET", "/v1/disks", "", view -> view.path("disks").forEach(this::say));
      return 0;
    }

    private void say(JsonNode disk) {
      admin.say(
          "%s  %s  %s%s"
              .formatted(
                  disk.path("folder").asString(),
                  disk.path("holds").asString(),
                  disk.path("state").asString(),
                  room(disk)));
      for (String line : List.of("failure", "progress")) {
        if (disk.hasNonNull(line)) {
          admin.say("  " + disk.path(line).asString());
        }
      }
    }

    private static String room(JsonNode disk) {
      return disk.has("percent")
          ? "  %d %% full, %d MiB free"
              .formatted(disk.path("percent").asInt(), disk.path("freeBytes").asLong() >> 20)
          : "";
    }
  }

  /** One order about a folder. */
  static final class FolderOrder {
    @Mixin AdminClient admin = new AdminClient();

    @Parameters(paramLabel = "FOLDER", description = "The data folder, as on the node's machine.")
    String folder = "";

    int give(String what) {
      return give(what, false);
    }

    int give(String what, boolean cancel) {
      String body =
          JsonMapper.shared().writeValueAsString(Map.of("folder", folder, "cancel", cancel));
      admin.showText("POST", "/v1/disks/" + what, body);
      return 0;
    }
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = "Begins a folder anew whose disk was replaced by an empty one.")
  static final class Replace implements Callable<Integer> {
    @Mixin FolderOrder order = new FolderOrder();

    @Override
    public Integer call() {
      return order.give("replace");
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds an empty folder to a running node, which uses it at once: for a further disk.",
        "Add it to the node's data as well."
      })
  static final class Add implements Callable<Integer> {
    @Mixin FolderOrder order = new FolderOrder();

    @Override
    public Integer call() {
      return order.give("add");
    }
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = {
        "Sends a folder away: it takes no new chunks, and those it has move to the node's other",
        "folders, at the rate of --compact-rate, also after a restart. Once 'rondo disk list' says",
        "that it is empty, take it out of the node's data. The first folder can't leave."
      })
  static final class Drain implements Callable<Integer> {
    @Mixin FolderOrder order = new FolderOrder();

    @Option(
        names = "--cancel",
        description = "Take the order back: the folder stays, and takes new chunks again.")
    boolean cancel;

    @Override
    public Integer call() {
      return order.give("drain", cancel);
    }
  }
}
