package rondo.server.cli.node;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the data folders of a node, and takes a replaced one back. */
@Command(
    name = "disk",
    mixinStandardHelpOptions = true,
    description = "Shows the data folders of the node of --admin, and takes a replaced one back.",
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
      description = "Shows each folder: the room on its disk, and whether it works.")
  static final class Show implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.show("GET", "/disks", "", view -> view.path("disks").forEach(this::say));
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
      if (disk.hasNonNull("failure")) {
        admin.say("  " + disk.path("failure").asString());
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
      String body = JsonMapper.shared().writeValueAsString(Map.of("folder", folder));
      admin.showText("POST", "/disks/" + what, body);
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
      description = "Says how a folder is added.")
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
      description = "Says how a folder is taken out.")
  static final class Drain implements Callable<Integer> {
    @Mixin FolderOrder order = new FolderOrder();

    @Override
    public Integer call() {
      return order.give("drain");
    }
  }
}
