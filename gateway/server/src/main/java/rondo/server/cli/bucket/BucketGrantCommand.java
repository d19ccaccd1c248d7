package rondo.server.cli.bucket;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.json.JsonMapper;

/** Lets a user use a bucket of another, through a node's admin API. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a user use a bucket: writes a statement for the user into the bucket's policy, in place"
          + " of the one that an earlier grant wrote.",
      "  read    gets objects and their versions, and lists them",
      "  write   puts and deletes them too",
      "  admin   does everything with the bucket",
      "  none    takes the grant back"
    })
final class BucketGrantCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
  String user = "";

  @Parameters(index = "2", paramLabel = "LEVEL", description = "read, write, admin or none.")
  String level = "";

  @Override
  public Integer call() {
    String body = JsonMapper.shared().writeValueAsString(Map.of("user", user, "level", level));
    String done =
        level.equals("none")
            ? user + " has no grant on " + name + " any more"
            : user + " may use " + name + ": " + level;
    admin.show("PUT", "/v1/buckets/" + name + "/grants", body, _ -> admin.say(done));
    return 0;
  }
}
