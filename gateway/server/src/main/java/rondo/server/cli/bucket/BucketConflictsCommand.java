package rondo.server.cli.bucket;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;

/** Shows the conflicts of an available bucket. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the writes to an available bucket that have not seen each other, and names keys and"
          + " versions.",
      "Whoever has seen a version and doesn't want it deletes it by its id."
    })
final class BucketConflictsCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Override
  public Integer call() {
    admin.show("GET", "/v1/buckets/" + name + "/conflicts", "", this::say);
    return 0;
  }

  private void say(JsonNode found) {
    admin.say("conflicts  %,d".formatted(found.path("conflicts").asLong()));
    for (JsonNode conflict : found.path("first")) {
      admin.say(conflict.path("key").asString());
      conflict.path("versions").forEach(id -> admin.say("  " + id.asString()));
    }
  }
}
