package rondo.server.cli.bucket;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the objects of a bucket, or under a prefix, what they were at a time. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the objects of a bucket, or under a prefix, what they were at a time within the"
          + " bucket's undelete window.",
      "Objects that were written for the first time since then stay. The order goes on in the node"
          + " when this command is interrupted, and can be given again after a failure."
    })
final class BucketRestoreCommand implements Callable<Integer> {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "With which the keys begin. Default: all keys")
  String prefix = "";

  @Option(
      names = "--as-of",
      required = true,
      paramLabel = "TIME",
      description = "With its zone, such as 2026-12-01T10:00:00Z.")
  String asOf = "";

  @Override
  public Integer call() {
    String body = JsonMapper.shared().writeValueAsString(Map.of("prefix", prefix, "asOf", asOf));
    JsonNode job = admin.read("POST", "/v1/buckets/" + name + "/restore", body);
    String path = "/v1/jobs/" + job.path("id").asString("");
    while (job.path("state").asString("").equals("running")) {
      LockSupport.parkNanos(LOOK_NANOS);
      job = admin.read("GET", path, "");
    }
    admin.show(job.toString(), end -> admin.say(end.path("words").asString("")));
    return job.path("state").asString("").equals("done") ? 0 : ExitStatus.FAILED;
  }
}
