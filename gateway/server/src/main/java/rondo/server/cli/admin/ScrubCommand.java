package rondo.server.cli.admin;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the findings of a node's scrubs, and starts one. */
@Command(
    name = "scrub",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the last readings of a node's disks found, as JSON.",
      "Exits with 1 when something is damaged now that wasn't brought back yet."
    })
public final class ScrubCommand implements Callable<Integer> {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--now",
      description =
          "Have everything read again at once, as fast as --compact-rate allows, and wait for the"
              + " end; interrupted, it goes on in the node.")
  boolean now;

  @Override
  public Integer call() {
    String answer = admin.call(now ? "POST" : "GET", "/scrub", "");
    JsonNode view = JsonMapper.shared().readTree(answer);
    while (now && isRunning(view)) {
      LockSupport.parkNanos(LOOK_NANOS);
      answer = admin.call("GET", "/scrub", "");
      view = JsonMapper.shared().readTree(answer);
    }
    System.out.print(answer);
    boolean damaged =
        view.path("damagedChunks").asLong() > 0
            || !view.path("metadata").path("damaged").isEmpty()
            || view.path("lost").path("ranges").asLong() > 0;
    return damaged ? ExitStatus.FAILED : 0;
  }

  private static boolean isRunning(JsonNode view) {
    boolean running = view.path("metadata").path("running").asBoolean();
    for (JsonNode folder : view.path("folders")) {
      running |= folder.path("running").asBoolean();
    }
    return running;
  }
}
