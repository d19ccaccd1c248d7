package rondo.server.cli.backup;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import rondo.server.backup.BackupOrder;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.Durations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sets, shows and ends a node's schedule of backups. */
@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description = {
      "Has the node that is asked make a backup every so often; without a target, shows that.",
      "Give several nodes the same schedule: another one goes on when the first is down. The node"
          + " keeps the credentials of a target in S3. 'rondo health' tells of backups that fail or"
          + " are late."
    })
final class ScheduleCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Mixin S3Options s3 = new S3Options();

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "TARGET", arity = "0..1", description = "As of 'rondo backup'.")
  @Nullable String target;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public half of the recovery key, as 'rondo backup key' makes it.")
  @Nullable Path key;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "1d",
      description =
          "How old the newest backup is when the next begins, such as 12h. Default:"
              + " ${DEFAULT-VALUE}")
  String every = "";

  @Option(
      names = "--rate",
      paramLabel = "SIZE",
      description = "The most bytes a second that are copied, such as 50MiB. Default: no bound")
  @Nullable String rate;

  @Option(names = "--end", description = "Ends the schedule. A backup that has begun goes on.")
  boolean end;

  @Override
  public Integer call() {
    if (end) {
      admin.show("POST", "/v1/backups/schedule/end", "", this::say);
    } else if (target == null) {
      admin.show("GET", "/v1/backups/schedule", "", this::say);
    } else {
      admin.show("POST", "/v1/backups/schedule", body(target), this::say);
    }
    return 0;
  }

  private String body(String to) {
    if (key == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Name the public half of the recovery key by --key");
    }
    long most = BackupCommand.bytes(rate);
    var order = new BackupOrder(to, "", JobWatch.key(key), most, "", "", s3.of(to));
    var body = new LinkedHashMap<String, Object>();
    body.put("everySeconds", Durations.parse(every).toSeconds());
    body.put("order", JobWatch.map(order));
    return JsonMapper.shared().writeValueAsString(body);
  }

  private void say(JsonNode view) {
    if (!view.path("scheduled").asBoolean(false)) {
      admin.say("this node has no schedule of backups");
      return;
    }
    String newest = view.path("newest").asString("");
    String failure = view.path("failure").asString("");
    admin.say(
        "a backup to %s every %,d minutes, the newest %s%s"
            .formatted(
                view.path("target").asString(""),
                view.path("everySeconds").asLong() / 60,
                newest.isEmpty() ? "not known yet" : "of " + newest,
                failure.isEmpty() ? "" : "; the last attempt failed: " + failure));
  }
}
