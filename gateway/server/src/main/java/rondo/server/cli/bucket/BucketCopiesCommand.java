package rondo.server.cli.bucket;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sets how many copies a bucket has. */
@Command(
    name = "copies",
    mixinStandardHelpOptions = true,
    description = {
      "Sets how many copies a bucket has, of those that 'layout stage class' has made.",
      "New objects have them at once; shards move, and large objects are copied, in the"
          + " background:",
      "'bucket usage' shows how much is left."
    })
final class BucketCopiesCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Parameters(
      index = "1",
      paramLabel = "N",
      description = "Copies; 0 for as many as the cluster's 'copies' says.")
  int n;

  @Override
  public Integer call() {
    String body = JsonMapper.shared().writeValueAsString(Map.of("n", n));
    admin.show("PUT", "/v1/buckets/" + name + "/copies", body, it -> admin.say(copies(it)));
    return 0;
  }

  static String copies(JsonNode bucket) {
    long shards = bucket.path("shardsToMove").asLong();
    long objects = bucket.path("objectsToCopy").asLong();
    return "copies   %d%s%s%s"
        .formatted(
            bucket.path("copies").asInt(),
            bucket.path("ownCopies").asBoolean() ? "" : ", as the cluster has",
            shards == 0 ? "" : "; %,d shards have yet to move".formatted(shards),
            objects == 0 ? "" : "; %,d large objects have yet to be copied".formatted(objects));
  }
}
