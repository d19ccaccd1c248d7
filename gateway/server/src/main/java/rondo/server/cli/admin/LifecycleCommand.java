package rondo.server.cli.admin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what a bucket's lifecycle rules would do, through a node's admin API. */
@Command(
    name = "lifecycle",
    mixinStandardHelpOptions = true,
    description = "Lists what a bucket's lifecycle rules would do now, and by which rule.")
public final class LifecycleCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--dry-run",
      required = true,
      description = "Nothing is done: the nodes do that by themselves.")
  boolean dryRun;

  @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
  String bucket = "";

  @Override
  public Integer call() {
    admin.show("GET", "/v1/buckets/" + bucket + "/lifecycle", "", this::say);
    return 0;
  }

  private void say(JsonNode preview) {
    for (JsonNode due : preview.path("due")) {
      admin.say(
          "%-28s%-24s%s"
              .formatted(
                  due.path("what").asString(),
                  due.path("rule").asString(),
                  due.path("key").asString() + described(due.path("version").asString(""))));
    }
    var sums = new StringBuilder();
    sums.append(
        "%d rules, %d looked at".formatted(count(preview, "rules"), count(preview, "seen")));
    preview
        .path("counts")
        .forEachEntry(
            (what, number) -> sums.append(", ").append(what).append(": ").append(number.asLong()));
    admin.say(sums + (preview.path("complete").asBoolean() ? "" : " (and there is more)"));
  }

  private static String described(String version) {
    return version.isEmpty() ? "" : "  (" + version + ")";
  }

  private static long count(JsonNode preview, String name) {
    return preview.path(name).asLong();
  }
}
