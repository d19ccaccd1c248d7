package rondo.server.cli.view;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the findings of a node's scrubs, and starts one. */
@Command(
    name = "scrub",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the last readings of a node's disks found.",
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
    String answer = admin.call(now ? "POST" : "GET", "/v1/scrub", "");
    JsonNode view = JsonMapper.shared().readTree(answer);
    while (now && isRunning(view)) {
      LockSupport.parkNanos(LOOK_NANOS);
      answer = admin.call("GET", "/v1/scrub", "");
      view = JsonMapper.shared().readTree(answer);
    }
    admin.show(answer, this::say);
    boolean damaged =
        view.path("damagedChunks").asLong() > 0
            || !view.path("metadata").path("damaged").isEmpty()
            || view.path("lost").path("ranges").asLong() > 0;
    return damaged ? ExitStatus.FAILED : 0;
  }

  private void say(JsonNode view) {
    for (JsonNode folder : view.path("folders")) {
      admin.say(
          "%s  %s, last whole reading %s with %d findings"
              .formatted(
                  folder.path("folder").asString(),
                  folder.path("running").asBoolean() ? "is being read" : "waits",
                  folder.path("lastEnded").asString(),
                  folder.path("lastFindings").asLong()));
    }
    JsonNode metadata = view.path("metadata");
    admin.say(
        "metadata  %s, last whole reading %s with %d findings"
            .formatted(
                metadata.path("running").asBoolean() ? "is being read" : "waits",
                metadata.path("lastEnded").asString(),
                metadata.path("found").size()));
    view.path("findings").forEach(it -> admin.say("found  " + words(it)));
    metadata.path("damaged").forEach(it -> admin.say("damaged  " + words(it)));
    long damaged = view.path("damagedChunks").asLong();
    long lost = view.path("lost").path("ranges").asLong();
    admin.say(
        damaged + lost == 0
            ? "nothing is damaged"
            : "%d chunks are damaged and not replaced yet, %d ranges of keys are lost"
                .formatted(damaged, lost));
  }

  private static String words(JsonNode finding) {
    return finding.isString() ? finding.asString() : finding.toString();
  }

  private static boolean isRunning(JsonNode view) {
    boolean running = view.path("metadata").path("running").asBoolean();
    for (JsonNode folder : view.path("folders")) {
      running |= folder.path("running").asBoolean();
    }
    return running;
  }
}
