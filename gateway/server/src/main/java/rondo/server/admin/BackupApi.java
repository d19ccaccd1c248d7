package rondo.server.admin;

import java.util.Map;
import rondo.server.admin.AdminServer.Answer;
import rondo.server.backup.BackupJobs;
import rondo.server.backup.BackupOrder;
import rondo.server.backup.file.BackupException;
import tools.jackson.databind.JsonNode;

/** Takes orders about backups. Thread-safe. */
public record BackupApi(BackupJobs jobs) {
  Map<String, Object> view() {
    return jobs.view();
  }

  /**
   * Carries out an order, or begins to.
   *
   * @param what backup, restore, verify, list, keys or stop
   */
  Answer order(String what, JsonNode body) {
    try {
      return switch (what) {
        case "backup" -> new Answer(200, jobs.backUp(order(body)));
        case "restore" -> new Answer(200, jobs.restore(order(body)));
        case "verify" -> new Answer(200, jobs.verify(order(body)));
        case "list" -> new Answer(200, Map.of("backups", jobs.list(order(body).target())));
        case "keys" -> new Answer(200, jobs.keys(order(body)));
        case "stop" -> {
          jobs.stop();
          yield new Answer(200, jobs.view());
        }
        default -> new Answer(404, AdminServer.error("there is no order " + what));
      };
    } catch (BackupException e) {
      return new Answer(409, AdminServer.error(String.valueOf(e.getMessage())));
    }
  }

  private static BackupOrder order(JsonNode body) {
    return new BackupOrder(
        body.path("target").asString(""),
        body.path("id").asString(""),
        body.path("key").asString(""),
        body.path("bytesPerSecond").asLong(0),
        body.path("bucket").asString(""),
        body.path("as").asString(""));
  }
}
