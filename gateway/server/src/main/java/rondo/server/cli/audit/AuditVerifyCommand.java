package rondo.server.cli.audit;

import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ExitStatus;
import tools.jackson.databind.JsonNode;

/** Has a node verify the audit logs of all nodes. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Finds entries that were changed, cut or wiped.",
      "The node that is asked reads the logs of all nodes and compares each with the signed heads"
          + " that the others hold of it. Ask a node that you trust; its exit status is 1 when"
          + " something is wrong or couldn't be verified."
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Override
  public Integer call() {
    JsonNode result = admin.show("POST", "/v1/audit/verify", "", this::say);
    return result.path("good").asBoolean(false) ? 0 : ExitStatus.FAILED;
  }

  private void say(JsonNode result) {
    for (JsonNode log : result.path("logs")) {
      String name = log.path("node").asString("");
      admin.say(
          "%-12s %s%s"
              .formatted(
                  name.isEmpty() ? log.path("id").asString() : name,
                  log.path("findings").isEmpty() ? "good" : "NOT GOOD",
                  entries(log)));
      log.path("findings").forEach(finding -> admin.say("  " + finding.asString()));
    }
    if (result.path("good").asBoolean(false)) {
      admin.say("all logs are as they were written");
    }
  }

  private static String entries(JsonNode log) {
    if (log.path("entries").asLong(0) == 0) {
      return "";
    }
    var holders = new StringJoiner(", ");
    log.path("heldBy").forEach(holder -> holders.add(holder.asString()));
    String held =
        holders.length() == 0
            ? "no other node holds its head, so that a wipe wouldn't be found"
            : "head held by " + holders;
    return "   entries %d to %d; %s"
        .formatted(log.path("first").asLong(0), log.path("last").asLong(0), held);
  }
}
