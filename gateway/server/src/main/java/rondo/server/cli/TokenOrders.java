package rondo.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.Durations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands on the join tokens of a running cluster. */
final class TokenOrders {
  private TokenOrders() {}

  /** The secret goes to standard output alone, so that it can be kept in a file. */
  private static void issue(AdminClient admin, String path, String body, String told) {
    JsonNode issued =
        admin.show("POST", path, body, it -> admin.out().print(it.path("token").asString()));
    System.err.printf("join token %s: %s%n", issued.path("id").asString(), told);
  }

  /** Makes a token for a few nodes and a short time. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description =
          "Prints a token that takes a few nodes in within a short time: put it into a file of the"
              + " new node, as --token-file.")
  public static final class Create implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Option(
        names = "--uses",
        paramLabel = "N",
        defaultValue = "1",
        description = "How many nodes it takes in. Default: ${DEFAULT-VALUE}")
    int uses;

    @Option(
        names = "--ttl",
        paramLabel = "TIME",
        defaultValue = "1h",
        description = "How long it lasts, as 30m or 12h. Default: ${DEFAULT-VALUE}")
    String ttl = "";

    @Override
    public Integer call() {
      Duration lasts = Durations.parse(ttl);
      String body =
          JsonMapper.shared()
              .writeValueAsString(Map.of("uses", uses, "seconds", lasts.toSeconds()));
      issue(admin, "/v1/tokens", body, "it takes %d node(s) in within %s".formatted(uses, ttl));
      return 0;
    }
  }

  /** Shows the tokens. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the tokens, without their secrets.")
  public static final class Tokens implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Override
    public Integer call() {
      admin.show("GET", "/v1/tokens", "", this::say);
      return 0;
    }

    private void say(JsonNode view) {
      admin.say("%-8s  %-9s  %s".formatted("id", "uses left", "until"));
      for (JsonNode token : view.path("tokens")) {
        int uses = token.path("uses").asInt();
        long until = token.path("untilSeconds").asLong();
        String obstacle = token.path("obstacle").asString();
        admin.say(
            "%-8s  %-9s  %s"
                .formatted(
                    token.path("id").asString(),
                    uses == -1 ? "any" : uses < 0 ? "names" : Integer.toString(uses),
                    (until == 0 ? "no end" : Instant.ofEpochSecond(until).toString())
                        + (obstacle.isEmpty() ? "" : "   over")));
      }
    }
  }

  /** Ends a token. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a token: it takes no node in any more. Nodes that came by it stay.")
  public static final class Revoke implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Parameters(paramLabel = "ID", description = "As 'rondo token list' shows it.")
    String id = "";

    @Override
    public Integer call() {
      admin.showText("DELETE", "/v1/tokens/" + id, "");
      return 0;
    }
  }

  /** Replaces the token that has no end. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description =
          "Prints a new token without a count or an end, and ends the one before: give it to each"
              + " node as --token-file in place of that one. It takes emptied nodes in again under"
              + " their names, and others only with --any.")
  public static final class Rotate implements Callable<Integer> {
    @Mixin AdminClient admin = new AdminClient();

    @Option(names = "--any", description = "The token takes nodes of any name in.")
    boolean any;

    @Override
    public Integer call() {
      String body = JsonMapper.shared().writeValueAsString(Map.of("any", any));
      issue(
          admin,
          "/v1/tokens/rotate",
          body,
          "it has no end, and the one before takes no node in any more");
      return 0;
    }
  }
}
