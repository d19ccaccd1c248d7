package rondo.server.cli.bucket;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;

/** Makes a bucket available. */
@Command(
    name = "available",
    mixinStandardHelpOptions = true,
    description = {
      "Has a bucket take writes and reads from whichever nodes can be reached, one is enough.",
      "It can't be taken back. Writes that have not seen each other stay as versions ('bucket"
          + " conflicts'), and the one with the largest stamp is served. In a bucket without"
          + " versioning the others, and what was overwritten, go after a day."
    })
final class BucketAvailableCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Override
  public Integer call() {
    admin.show(
        "PUT",
        "/v1/buckets/" + name + "/available",
        "",
        it -> admin.say(BucketQuorumCommand.quorums(it)));
    return 0;
  }
}
