package rondo.server.cli.bucket;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;

/** Lists the buckets of all owners, through a node's admin API. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists all buckets with their owners.")
final class BucketListCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--usage",
      description = "Counts each bucket's objects, too, which takes as long as listing them all.")
  boolean usage;

  @Override
  public Integer call() {
    admin.showList("/v1/buckets", "buckets", this::say);
    return 0;
  }

  private void say(JsonNode buckets) {
    String counts = usage ? "  %14s  %18s".formatted("objects", "bytes") : "";
    admin.say("%-40s  %-20s  %-20s%s".formatted("name", "owner", "created", counts));
    for (JsonNode bucket : buckets) {
      String name = bucket.path("name").asString("");
      admin.say(
          "%-40s  %-20s  %-20s%s"
              .formatted(
                  name,
                  bucket.path("owner").asString(""),
                  bucket.path("created").asString(""),
                  usage ? counted(name) : ""));
    }
  }

  private String counted(String name) {
    JsonNode counts = admin.read("GET", "/v1/buckets/" + name + "/usage", "");
    return "  %,14d  %,18d"
        .formatted(counts.path("objects").asLong(), counts.path("bytes").asLong());
  }
}
