package rondo.server.cli.backup;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.backup.BackupOrder;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;

/** Restores a backup into a cluster of any size, through a node's admin API. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Restores a backup into this cluster, whatever its size: all of it, or one bucket.",
      "Buckets come back with their versions, locks, tags, encryption and settings, and appear when"
          + " all of their objects are there. No bucket that exists is touched. Interrupted, it"
          + " goes on in the node; after a failure the same order to the same node goes on where it"
          + " was."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(
      paramLabel = "TARGET",
      description = "A folder of the node that is asked, by its whole path, or s3://BUCKET/PREFIX.")
  String target = "";

  @Mixin S3Options s3 = new S3Options();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private half of the recovery key. The node gets it for this order.")
  Path key = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "",
      description = "The backup's id. Default: the newest")
  String id = "";

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Restores this bucket alone, and no users.")
  String bucket = "";

  @Option(
      names = "--as",
      paramLabel = "NEW",
      defaultValue = "",
      description = "The name that the one bucket gets. Default: its own")
  String as = "";

  @Option(
      names = "--rate",
      paramLabel = "SIZE",
      description = "The most bytes a second that are read, such as 50MiB. Default: no bound")
  @Nullable String rate;

  @Override
  public Integer call() {
    long most = BackupCommand.bytes(rate);
    var order = new BackupOrder(target, id, JobWatch.key(key), most, bucket, as, s3.of(target));
    JsonNode end = JobWatch.run(admin, "restore", order, this::say);
    return JobWatch.isDone(end) && end.path("result").path("lost").isEmpty()
        ? 0
        : ExitStatus.FAILED;
  }

  private void say(JsonNode result) {
    result.path("lost").forEach(one -> admin.say("lost: " + one.asString("")));
    admin.say(
        "restored %,d buckets of backup %s%s"
            .formatted(
                result.path("buckets").size(),
                result.path("backup").asString(""),
                result.path("lost").isEmpty()
                    ? ""
                    : ", without %,d objects or versions".formatted(result.path("lost").size())));
  }
}
