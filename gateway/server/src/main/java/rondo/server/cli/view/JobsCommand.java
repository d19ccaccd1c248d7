package rondo.server.cli.view;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;

/** Shows the long work of a node. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the long work of a node, with its progress and the time remaining: moves, repair,",
      "rebuilds, readings of disks, folders that leave, and master keys."
    })
public final class JobsCommand implements Callable<Integer> {
  private static final int BAR = 20;

  @Mixin AdminClient admin = new AdminClient();

  @Mixin Watch watch = new Watch();

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "Shows this one alone.")
  @Nullable String id;

  @Override
  public Integer call() {
    return watch.show(admin, this::draw);
  }

  private void draw() {
    if (id == null) {
      admin.showList("/v1/jobs", "jobs", this::say);
    } else {
      admin.show("GET", "/v1/jobs/" + id, "", job -> say(List.of(job)));
    }
  }

  private void say(Iterable<JsonNode> jobs) {
    if (!jobs.iterator().hasNext()) {
      admin.say("no long work is under way on this node");
    }
    for (JsonNode job : jobs) {
      String bar = job.has("progress") ? Drawn.bar(job.path("progress").asDouble(), BAR) : "";
      String counted =
          job.has("total")
              ? "%,d of %,d %s"
                  .formatted(
                      job.path("done").asLong(),
                      job.path("total").asLong(),
                      job.path("unit").asString(""))
              : "";
      String left =
          job.has("remainingSeconds")
              ? "time remaining " + Drawn.time(job.path("remainingSeconds").asLong())
              : "";
      admin.say(
          "%-16s  %-8s  %s"
              .formatted(
                  job.path("id").asString(""),
                  job.path("state").asString(""),
                  String.join("  ", List.of(bar, counted, left)).strip())
              .stripTrailing());
      admin.say("  " + job.path("words").asString(""));
    }
  }
}
