package rondo.server.cli.bucket;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.ByteSizes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows and changes buckets, through a node's admin API. */
@Command(
    name = "bucket",
    mixinStandardHelpOptions = true,
    description =
        "Lists buckets, shows what they hold and how they are set, and sets what they may hold.",
    subcommands = {
      BucketListCommand.class,
      BucketInfoCommand.class,
      BucketCommand.ShowUsage.class,
      BucketCommand.ShowShards.class,
      BucketCommand.SetQuota.class,
      BucketCommand.SetConsistency.class,
      BucketCopiesCommand.class,
      BucketQuorumCommand.class,
      BucketAvailableCommand.class,
      BucketConflictsCommand.class,
      BucketUndeleteWindowCommand.class,
      BucketRestoreCommand.class,
      BucketUndeleteCommand.class,
      BucketGrantCommand.class
    })
public final class BucketCommand {
  private BucketCommand() {}

  private static String bound(long most, String unit) {
    return most == 0 ? "" : " of %,d %s".formatted(most, unit);
  }

  @Command(
      name = "usage",
      mixinStandardHelpOptions = true,
      description = "Counts a bucket's objects, every version of them.")
  static final class ShowUsage implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    String name = "";

    @Override
    public Integer call() {
      admin.show("GET", "/v1/buckets/" + name + "/usage", "", this::say);
      return 0;
    }

    private void say(JsonNode usage) {
      admin.say(
          "objects  %,d%s"
              .formatted(
                  usage.path("objects").asLong(),
                  bound(usage.path("mostObjects").asLong(), "at most")));
      admin.say(
          "bytes    %,d%s"
              .formatted(
                  usage.path("bytes").asLong(),
                  bound(usage.path("mostBytes").asLong(), "at most")));
      admin.say("reads    " + usage.path("reads").asString());
      admin.say(BucketCopiesCommand.copies(usage));
      admin.say(BucketQuorumCommand.quorums(usage));
    }
  }

  @Command(
      name = "shards",
      mixinStandardHelpOptions = true,
      description =
          "Draws the ranges of keys that a bucket is cut into, and counts what is in them.")
  static final class ShowShards implements Callable<Integer> {
    private static final int WIDTH = 40;

    @Mixin AdminClient admin = new AdminClient();

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    String name = "";

    @Override
    public Integer call() {
      admin.show("GET", "/v1/buckets/" + name + "/shards", "", view -> draw(view.path("shards")));
      return 0;
    }

    private void draw(JsonNode shards) {
      long most = 1;
      for (JsonNode shard : shards) {
        most = Math.max(most, shard.path("objects").asLong());
      }
      for (JsonNode shard : shards) {
        draw(shard, (int) (WIDTH * shard.path("objects").asLong() / most));
      }
    }

    private void draw(JsonNode shard, int length) {
      admin.say(
          "%-24s |%-40s| %,10d objects %,16d bytes  %s%s"
              .formatted(
                  shard.path("from").asString(),
                  "#".repeat(length),
                  shard.path("objects").asLong(),
                  shard.path("bytes").asLong(),
                  shard.path("owners"),
                  shard.path("moving").asBoolean() ? "  moving" : ""));
    }
  }

  @Command(
      name = "quota",
      mixinStandardHelpOptions = true,
      description = "Bounds what a bucket may hold; without options there is no bound.")
  static final class SetQuota implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Option(names = "--bytes", paramLabel = "SIZE", description = "Such as 500GB or 64MiB.")
    String bytes = "0";

    @Option(names = "--objects", paramLabel = "NUMBER", description = "Every version counts.")
    long objects;

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    String name = "";

    @Override
    public Integer call() {
      var body = Map.of("mostBytes", ByteSizes.parse(bytes), "mostObjects", objects);
      String quota = JsonMapper.shared().writeValueAsString(body);
      admin.show("PUT", "/v1/buckets/" + name + "/quota", quota, _ -> admin.say("set"));
      return 0;
    }
  }

  @Command(
      name = "consistency",
      mixinStandardHelpOptions = true,
      description = "Sets how much agreement reads wait for that ask for nothing else.")
  static final class SetConsistency implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
    String name = "";

    @Parameters(
        index = "1",
        paramLabel = "LEVEL",
        description = "linearizable, quorum, local_quorum or one.")
    String level = "";

    @Override
    public Integer call() {
      String body =
          JsonMapper.shared().writeValueAsString(Map.of("reads", level.toLowerCase(Locale.ROOT)));
      admin.show("PUT", "/v1/buckets/" + name + "/consistency", body, _ -> admin.say("set"));
      return 0;
    }
  }
}
