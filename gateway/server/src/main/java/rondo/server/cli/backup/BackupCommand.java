package rondo.server.cli.backup;

import java.nio.file.Path;
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
import rondo.server.cli.option.ExitStatus;
import rondo.server.config.ByteSizes;
import tools.jackson.databind.JsonNode;

/** Makes, lists and verifies backups, through a node's admin API. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Backs up the whole cluster while it serves.",
      "The backup has every write that was acknowledged before the order, and none that began after"
          + " its cut. Chunks that the target has already aren't sent again. Interrupted, it goes"
          + " on in the node; after a failure the same --id goes on where it was."
    },
    subcommands = {
      RecoveryKeyCommand.class,
      MasterKeysCommand.class,
      BackupCommand.Listed.class,
      BackupCommand.Verify.class,
      BackupCommand.Status.class,
      ScheduleCommand.class,
      BackupCommand.Stop.class
    })
public final class BackupCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Mixin S3Options s3 = new S3Options();

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..1",
      description = "A folder of the node that is asked, by its whole path, or s3://BUCKET/PREFIX.")
  @Nullable String target;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public half of the recovery key, as 'rondo backup key' makes it.")
  @Nullable Path key;

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "",
      description = "The backup's id: that of one that failed goes on with it. Default: a new one")
  String id = "";

  @Option(
      names = "--rate",
      paramLabel = "SIZE",
      description = "The most bytes a second that are copied, such as 50MiB. Default: no bound")
  @Nullable String rate;

  @Override
  public Integer call() {
    if (target == null || key == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Name the target, and the public half of the recovery key by --key: rondo backup TARGET"
              + " --key FILE");
    }
    var order = new BackupOrder(target, id, JobWatch.key(key), bytes(rate), "", "", s3.of(target));
    JsonNode end = JobWatch.run(admin, "make", order, this::say);
    return JobWatch.isDone(end) && end.path("result").path("missing").isEmpty()
        ? 0
        : ExitStatus.FAILED;
  }

  static long bytes(@Nullable String size) {
    return size == null ? 0 : ByteSizes.parse(size);
  }

  private void say(JsonNode backup) {
    admin.say(line(backup));
    missing(admin, backup);
  }

  private static void missing(AdminClient admin, JsonNode backup) {
    int missing = backup.path("missing").size();
    if (missing > 0) {
      admin.say("no node had %,d chunks whole: 'rondo missing' says why".formatted(missing));
    }
  }

  private static String line(JsonNode backup) {
    return "%s  %s  %,d buckets, %,d rows, %,d chunks of %,d MiB"
        .formatted(
            backup.path("backup").asString(""),
            backup.path("cutAt").asString(""),
            backup.path("buckets").size(),
            backup.path("rowCount").asLong(),
            backup.path("chunkCount").asLong(),
            backup.path("chunkBytes").asLong() >> 20);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the whole backups of a target, the newest first.")
  static final class Listed implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Mixin S3Options s3 = new S3Options();

    @Parameters(paramLabel = "TARGET", description = "As of 'rondo backup'.")
    String target = "";

    @Override
    public Integer call() {
      var order = new BackupOrder(target, "", "", 0, "", "", s3.of(target));
      admin.show(
          "POST",
          "/v1/backups/list",
          JobWatch.body(order),
          answer -> answer.path("backups").forEach(one -> admin.say(line(one))));
      return 0;
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Reads a backup again, and compares every file with its hash.",
        "Exits with 1 when a file is missing or damaged."
      })
  static final class Verify implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Mixin S3Options s3 = new S3Options();

    @Parameters(paramLabel = "TARGET", description = "As of 'rondo backup'.")
    String target = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        defaultValue = "",
        description = "The backup's id. Default: the newest")
    String id = "";

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description =
            "The private half of the recovery key: every file is then opened as well, by the node.")
    @Nullable Path key;

    @Option(
        names = "--rate",
        paramLabel = "SIZE",
        description = "The most bytes a second that are read, such as 50MiB. Default: no bound")
    @Nullable String rate;

    @Override
    public Integer call() {
      String half = key == null ? "" : JobWatch.key(key);
      var order = new BackupOrder(target, id, half, bytes(rate), "", "", s3.of(target));
      JsonNode end = JobWatch.run(admin, "verify", order, this::say);
      JsonNode result = end.path("result");
      return JobWatch.isDone(end)
              && result.path("damaged").isEmpty()
              && result.path("missing").isEmpty()
          ? 0
          : ExitStatus.FAILED;
    }

    private void say(JsonNode result) {
      admin.say(line(result));
      result.path("damaged").forEach(one -> admin.say(one.asString("")));
      missing(admin, result);
      if (result.path("damaged").isEmpty()) {
        admin.say("every file is what was written");
      } else {
        admin.say(
            "remove the damaged files of chunks: the next backup writes them anew while the cluster"
                + " has them");
      }
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows how far the node's last order about backups is.")
  static final class Status implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.show("GET", "/v1/backups", "", this::say);
      return 0;
    }

    private void say(JsonNode view) {
      if (view.path("phase").asString("").equals("NONE")) {
        admin.say("this node has had no order about backups since its start");
      } else {
        String failure = view.path("failure").asString("");
        admin.say(JobWatch.progress(view) + (failure.isEmpty() ? "" : ": " + failure));
      }
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Ends the order about backups that the node is at.")
  static final class Stop implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.show("POST", "/v1/backups/stop", "", _ -> {});
      return 0;
    }
  }
}
