package rondo.server.cli.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;

/** Shows the newest entries of the audit logs of all nodes, and those that follow. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows the newest entries of all nodes' audit logs, and with --follow further ones.")
final class AuditTailCommand implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final int REMEMBERED = 10_000;

  @Mixin AdminClient admin = new AdminClient();

  @Mixin EntryFilter filter = new EntryFilter();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "How many entries at first. Default: ${DEFAULT-VALUE}")
  int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with entries as they come, once a second, until it is interrupted.")
  boolean follow;

  private final Map<String, Boolean> shown =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Override
  public Integer call() throws InterruptedException {
    if (!follow) {
      admin.show(
          "GET", "/v1/audit?" + filter.query(lines), "", view -> AuditShowCommand.say(admin, view));
      return 0;
    }
    String newest = say(admin.read("GET", "/v1/audit?" + filter.query(lines), ""), "");
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      String query = newest.isEmpty() ? filter.query(MOST) : filter.query(MOST, newest);
      newest = say(admin.read("GET", "/v1/audit?" + query, ""), newest);
    }
  }

  /** Says the entries that weren't shown yet; returns the time of the newest. */
  private String say(JsonNode view, String before) {
    String newest = before;
    for (JsonNode entry : view.path("entries")) {
      if (shown.put(entry.path("hash").asString(""), true) == null) {
        admin.out().println(admin.isJson() ? entry.toString() : EntryLine.of(entry));
        newest = entry.path("time").asString(newest);
      }
    }
    admin.out().flush();
    return newest;
  }
}
