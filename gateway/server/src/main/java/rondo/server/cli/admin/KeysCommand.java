package rondo.server.cli.admin;

import java.io.Console;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows master keys and moves everything to the newest ones, through a node's admin API. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Shows master keys, and moves all that older ones sealed to the newest.",
    subcommands = {KeysCommand.Listed.class, KeysCommand.Rewrap.class, KeysCommand.Stop.class})
public final class KeysCommand {
  private static final String PATH = "/v1/master-keys";
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Set<String> RUNNING = Set.of("COUNTING", "RESEALING", "CHECKING");

  private KeysCommand() {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Counts the rows that each version of a master key opens.",
        "The node reads all rows for it; interrupted, it goes on in the node."
      })
  static final class Listed implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      JsonNode end = await(admin, "count", KeysCommand::keys);
      return end.path("rowsLeft").asLong() < 0 ? ExitStatus.FAILED : 0;
    }
  }

  @Command(
      name = "rewrap",
      mixinStandardHelpOptions = true,
      description = {
        "Seals the data keys of all objects, versions and uploads, and users' secrets, under the"
            + " newest master keys.",
        "Objects stay as they are. Interrupted, it goes on in the node; 'keys stop' ends it, and it"
            + " can be run again at any time.",
        "Exits with 1 while rows name an older key: only at 0 may the old key go."
      })
  static final class Rewrap implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      JsonNode end = await(admin, "rewrap", Rewrap::say);
      return end.path("rowsLeft").asLong() == 0 ? 0 : ExitStatus.FAILED;
    }

    private static void say(AdminClient admin, JsonNode end) {
      keys(admin, end);
      long left = end.path("rowsLeft").asLong();
      admin.say("resealed %,d rows".formatted(end.path("rowsResealed").asLong()));
      admin.say(
          left < 0
              ? "it isn't known how many rows are left: run it again"
              : "%,d rows name an older key%s"
                  .formatted(left, left == 0 ? "" : ": it has to stay"));
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Ends a count or a rewrap that goes on in a node.")
  static final class Stop implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.show("POST", PATH + "/stop", "", _ -> {});
      return 0;
    }
  }

  /** Has the node do it, and waits for the end. */
  private static JsonNode await(
      AdminClient admin, String order, BiConsumer<AdminClient, JsonNode> words) {
    String answer = admin.call("POST", PATH + "/" + order, "");
    JsonNode view = json(answer);
    boolean seen = isSeen();
    while (RUNNING.contains(view.path("phase").asString())) {
      if (seen) {
        System.err.printf("\r%-78s", progress(view));
      }
      LockSupport.parkNanos(LOOK_NANOS);
      answer = admin.call("GET", PATH, "");
      view = json(answer);
    }
    if (seen) {
      System.err.printf("\r%-78s\r", "");
    }
    if (!view.path("phase").asString().equals("DONE")) {
      admin.say("the node ended before all was done: " + view.path("phase").asString());
    }
    return admin.show(answer, end -> words.accept(admin, end));
  }

  /** A runtime without the module jdk.internal.le has no console when its input is no terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isSeen() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static String progress(JsonNode view) {
    long seconds = view.path("remainingSeconds").asLong();
    return "%s: %,d rows read, %,d of %,d resealed%s"
        .formatted(
            view.path("phase").asString().toLowerCase(Locale.ROOT),
            view.path("rowsRead").asLong(),
            view.path("rowsResealed").asLong(),
            view.path("rowsUnderOlder").asLong(),
            seconds < 0
                ? ""
                : ", time remaining " + Duration.ofSeconds(seconds).toString().substring(2));
  }

  private static void keys(AdminClient admin, JsonNode view) {
    admin.say("%-28s%-18s%-10s%14s".formatted("name", "version", "", "rows"));
    for (JsonNode key : view.path("keys")) {
      admin.say(
          "%-28s%-18s%-10s%,14d"
              .formatted(
                  key.path("name").asString(),
                  key.path("version").asString(),
                  key.path("standing").asString(),
                  key.path("rows").asLong()));
    }
    for (JsonNode problem : view.path("problems")) {
      admin.say(
          "%,d not done, the first is %s: %s"
              .formatted(
                  problem.path("rows").asLong(),
                  problem.path("first").asString(),
                  problem.path("reason").asString()));
    }
  }
}
