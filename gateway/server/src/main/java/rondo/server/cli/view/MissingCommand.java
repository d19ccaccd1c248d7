package rondo.server.cli.view;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;

/** Names the chunks that a node should hold and doesn't. */
@Command(
    name = "missing",
    mixinStandardHelpOptions = true,
    description = "Names the chunks that a node should hold and doesn't, and who has them.")
public final class MissingCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Override
  public Integer call() {
    admin.showList("/v1/missing", "missing", this::say);
    return 0;
  }

  private void say(JsonNode chunks) {
    admin.say(chunks.isEmpty() ? "no chunk is missing" : chunks.size() + " chunks are missing");
    for (JsonNode chunk : chunks) {
      String holders =
          chunk
              .path("holders")
              .valueStream()
              .map(JsonNode::asString)
              .collect(Collectors.joining(", "));
      admin.say(
          "%s  %s"
              .formatted(
                  chunk.path("chunk").asString(),
                  holders.isEmpty() ? "on no node that answers" : "on " + holders));
    }
  }
}
