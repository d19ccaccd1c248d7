package rondo.server.cli.audit;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;

/** Shows entries of the audit logs of all nodes, by time. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the newest entries of all nodes' audit logs, oldest first.")
final class AuditShowCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Mixin EntryFilter filter = new EntryFilter();

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "How many entries, at most 1000. Default: ${DEFAULT-VALUE}")
  int limit;

  @Override
  public Integer call() {
    admin.show("GET", "/v1/audit?" + filter.query(limit), "", view -> say(admin, view));
    return 0;
  }

  /** Says each entry, and which nodes gave no answer. */
  static void say(AdminClient admin, JsonNode view) {
    view.path("entries").forEach(entry -> admin.say(EntryLine.of(entry)));
    view.path("silent")
        .forEach(node ->
            admin.say(
                "(node '%s' gives no answer: its entries are missing)".formatted(node.asString())));
  }
}
