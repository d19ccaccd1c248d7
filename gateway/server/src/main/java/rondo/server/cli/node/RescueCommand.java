package rondo.server.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goes on without nodes that are gone for good, where a quorum needs them. */
@Command(
    name = "rescue",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on without nodes that are gone for good, where so many are that no quorum is left.",
      "Asks a node that is left. Without --confirm it only shows what is certainly gone, what may"
          + " be missing, and what stands against it. It writes that into two files as well. Exits"
          + " with 1 when something stands against it.",
      "Writes that the dead alone have are lost, so start those that can be started first. Dead"
          + " nodes that come back stop as soon as they reach one of the others. Until then they"
          + " may answer clients by themselves: isolate them before."
    })
public final class RescueCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--dead",
      paramLabel = "NAME",
      split = ",",
      description =
          "The whole names of all nodes that are gone for good, with commas between. Without it,"
              + " the members that give no answer are shown as such.")
  List<String> dead = List.of();

  @Option(names = "--preview", description = "Only shows what a rescue would mean; the default.")
  boolean preview;

  @Option(
      names = "--isolated",
      description = "The dead are isolated: no client and no node reaches them any more.")
  boolean isolated;

  @Option(
      names = "--confirm",
      paramLabel = "CLUSTER",
      description = "Does it. To confirm that, the name of the cluster, as the preview shows it.")
  @Nullable String confirm;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description =
          "Where rescue-TIME.json and rescue-TIME.txt are written. Default: the working folder")
  Path folder = Path.of("");

  @Override
  public Integer call() {
    if (preview && confirm != null) {
      throw new IllegalArgumentException("--preview only shows, and --confirm does it: say one");
    }
    if (confirm != null && dead.isEmpty()) {
      throw new IllegalArgumentException("name all dead nodes: --dead NAME,NAME");
    }
    String body = JsonMapper.shared().writeValueAsString(Map.of("dead", dead));
    String answer = admin.call("POST", "/v1/rescue/preview", body);
    JsonNode shown = JsonMapper.shared().readTree(answer);
    String text = shown.path("text").asString("").stripTrailing();
    List<Path> files = write(answer, text);
    if (confirm == null) {
      admin.show(answer, _ -> admin.say(text));
      files.forEach(file -> admin.say("written: " + file));
      return shown.path("obstacles").isEmpty() ? 0 : ExitStatus.FAILED;
    }
    admin.say(text);
    files.forEach(file -> admin.say("written: " + file));
    admin.showText(
        "POST",
        "/v1/rescue/begin",
        JsonMapper.shared()
            .writeValueAsString(Map.of("dead", dead, "isolated", isolated, "confirm", confirm)));
    return 0;
  }

  private List<Path> write(String json, String text) {
    String name = "rescue-" + Instant.now().toString().replaceAll("[:.]", "-");
    var files = new ArrayList<Path>();
    try {
      files.add(Files.writeString(folder.resolve(name + ".json"), json));
      files.add(Files.writeString(folder.resolve(name + ".txt"), text + "\n"));
    } catch (IOException e) {
      throw new StartException(
          "can't write the report into '%s': %s; --report FOLDER says where"
              .formatted(folder, e.getMessage()),
          e);
    }
    return files;
  }
}
