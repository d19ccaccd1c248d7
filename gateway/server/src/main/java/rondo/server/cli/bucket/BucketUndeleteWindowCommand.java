package rondo.server.cli.bucket;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.Durations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sets for how long a bucket's former objects can be read and restored. */
@Command(
    name = "undelete-window",
    mixinStandardHelpOptions = true,
    description = {
      "Sets for how many days what is overwritten or deleted in a bucket can be read, listed and"
          + " restored as of an earlier time.",
      "What the bucket holds and its quota count it until then. A shorter window hides at once what"
          + " is older, and frees its space later. Buckets with versioning have no window."
    })
final class BucketUndeleteWindowCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
  String name = "";

  @Parameters(
      index = "1",
      paramLabel = "DAYS",
      description = "Whole days, such as 7d, 365d at most; off or 0 to end the window.")
  String days = "";

  @Override
  public Integer call() {
    String body = JsonMapper.shared().writeValueAsString(Map.of("days", days(days)));
    admin.show("PUT", "/v1/buckets/" + name + "/undelete-window", body, this::say);
    return 0;
  }

  private static long days(String text) {
    if (text.equals("off") || text.equals("0")) {
      return 0;
    }
    Duration window = Durations.parse(text);
    if (!window.equals(Duration.ofDays(window.toDays()))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a number of whole days, such as 7d");
    }
    return window.toDays();
  }

  private void say(JsonNode window) {
    long length = window.path("days").asLong();
    admin.say(
        length == 0
            ? "The bucket has no undelete window."
            : "The bucket can be read as of the last %,d days, from %s on."
                .formatted(length, window.path("earliest").asString("")));
  }
}
