package rondo.server.cli.bucket;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sets how many copies a bucket's reads and writes wait for. */
@Command(
    name = "quorum",
    mixinStandardHelpOptions = true,
    description =
        "Sets how many copies a bucket's reads and writes wait for; without options the cluster's.")
final class BucketQuorumCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--r",
      paramLabel = "R",
      description = "From the cluster's R to N; from 1 in an available bucket.")
  int r;

  @Option(
      names = "--w",
      paramLabel = "W",
      description = "From the cluster's W to N; from 1 in an available bucket.")
  int w;

  @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Override
  public Integer call() {
    String body = JsonMapper.shared().writeValueAsString(Map.of("r", r, "w", w));
    admin.show("PUT", "/v1/buckets/" + name + "/quorum", body, it -> admin.say(quorums(it)));
    return 0;
  }

  static String quorums(JsonNode quorums) {
    return "quorums  N=%d R=%d W=%d%s"
        .formatted(
            quorums.path("n").asInt(),
            quorums.path("r").asInt(),
            quorums.path("w").asInt(),
            quorums.path("available").asBoolean() ? ", of any nodes: available" : "");
  }
}
