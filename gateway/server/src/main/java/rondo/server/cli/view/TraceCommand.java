package rondo.server.cli.view;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.s3.error.PercentCoding;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.Durations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the requests of S3 as they end. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the requests of S3 that one node answers, as they end, until interrupted.",
      "A reader who is too slow for them loses some, and is told how many."
    })
public final class TraceCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      description = "Shows only these, such as GetObject.")
  @Nullable String operation;

  @Option(names = "--bucket", paramLabel = "NAME", description = "Shows only those to this bucket.")
  @Nullable String bucket;

  @Option(
      names = "--identity",
      paramLabel = "NAME",
      description = "Shows only those by this account.")
  @Nullable String identity;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Shows only those of this status, or that begin so: 5 for the server's errors.")
  @Nullable String status;

  @Option(
      names = "--slow",
      paramLabel = "TIME",
      description = "Shows only those that took so long, such as 100ms or 2s.")
  @Nullable String slow;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Ends after so long, such as 30s; after an hour if nothing is said.")
  @Nullable String lasts;

  @Override
  public Integer call() {
    var query = new LinkedHashMap<String, @Nullable String>();
    query.put("operation", operation);
    query.put("bucket", bucket);
    query.put("identity", identity);
    query.put("status", status);
    query.put("slower", slow == null ? null : String.valueOf(millis(slow)));
    query.put("seconds", lasts == null ? null : String.valueOf(Durations.parse(lasts).toSeconds()));
    String asked =
        query.entrySet().stream()
            .filter(one -> one.getValue() != null)
            .map(one -> one.getKey() + "=" + encoded(String.valueOf(one.getValue())))
            .collect(Collectors.joining("&"));
    admin.stream("/v1/trace" + (asked.isEmpty() ? "" : "?" + asked), this::say);
    return 0;
  }

  /** Durations have seconds as their least unit; a request takes less. */
  private static long millis(String time) {
    return time.matches("[0-9]{1,7}ms")
        ? Long.parseLong(time.substring(0, time.length() - 2))
        : Durations.parse(time).toMillis();
  }

  private static String encoded(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }

  private void say(String text) {
    JsonNode line = JSON.readTree(text);
    String kind = line.path("kind").asString("");
    if (kind.equals("idle")) {
      return;
    }
    if (admin.isJson()) {
      admin.out().println(text);
      admin.out().flush();
    } else {
      admin.say(
          kind.equals("lost")
              ? "... %,d requests were lost: this reader is too slow"
                  .formatted(line.path("requests").asLong())
              : request(line));
    }
  }

  private static String request(JsonNode line) {
    String who = line.path("identity").asString("");
    String code = line.path("code").asString("");
    return "%s  %-20s %3d%s  %8.1f ms  %s  by %s  in %s, out %s  %s"
        .formatted(
            line.path("ended").asString(""),
            line.path("operation").asString(""),
            line.path("status").asInt(),
            code.isEmpty() ? "" : " " + code,
            line.path("millis").asDouble(),
            line.path("target").asString(""),
            who.isEmpty() ? "an anonymous client" : who,
            Drawn.size(line.path("receivedBytes").asLong()),
            Drawn.size(line.path("sentBytes").asLong()),
            line.path("id").asString(""));
  }
}
