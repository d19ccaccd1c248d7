package rondo.server.cli.view;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the ranges of a node's metadata that damage took, and accepts their loss. */
@Command(
    name = "losses",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the ranges of keys that damage to its metadata took from a node: since when,",
      "what is done about it, and whether other replicas can bring them back.",
      "Exits with 1 when there are any."
    },
    subcommands = LossesCommand.Accept.class)
public final class LossesCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Override
  public Integer call() {
    JsonNode lost = admin.show("GET", "/v1/losses", "", it -> say(admin, it));
    return lost.path("ranges").isEmpty() ? 0 : ExitStatus.FAILED;
  }

  private static void say(AdminClient admin, JsonNode lost) {
    JsonNode ranges = lost.path("ranges");
    if (ranges.isEmpty()) {
      admin.say("node %s has lost nothing".formatted(lost.path("node").asString()));
      return;
    }
    admin.say(
        "node %s has lost %d ranges of keys: %s%s"
            .formatted(
                lost.path("node").asString(),
                ranges.size(),
                lost.path("doing").asString(),
                lost.path("rebuildable").asBoolean()
                    ? ""
                    : "; others can't bring them back: start nodes, restore the folder, or 'rondo"
                        + " losses accept'"));
    for (JsonNode range : ranges) {
      admin.say(
          "  from %s to %s, for %s"
              .formatted(
                  range.path("from").asString(),
                  range.path("to").asString(),
                  Drawn.time(range.path("ageSeconds").asLong())));
    }
  }

  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      description = {
        "Accepts what is lost on a node now: it goes on with what it, and those who answer, still",
        "know. Acknowledged writes to these keys may be gone, older values may be back, and what",
        "two conditional writes were told may contradict. For a node that nobody can refill; where",
        "'rondo losses' says that others can, let them."
      })
  static final class Accept implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Option(
        names = "--node",
        required = true,
        paramLabel = "ID",
        description = "Whose losses are meant: the node that is asked.")
    String node = "";

    @Option(names = "--yes", description = "They may be lost for good.")
    boolean sure;

    @Override
    public Integer call() {
      if (!sure) {
        System.err.println(
            "rondo: acknowledged writes may be lost for good: say --yes if they may be");
        return ExitStatus.USAGE;
      }
      String order = JsonMapper.shared().writeValueAsString(Map.of("accept", node));
      admin.show("POST", "/v1/losses", order, it -> say(admin, it));
      return 0;
    }
  }
}
