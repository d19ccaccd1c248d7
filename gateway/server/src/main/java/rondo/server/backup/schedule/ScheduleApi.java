package rondo.server.backup.schedule;

import java.util.List;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.backup.BackupApi;
import rondo.server.backup.file.BackupException;
import tools.jackson.databind.JsonNode;

/** Takes the schedule of backups, and shows it. Thread-safe. */
public record ScheduleApi(ScheduledBackups backups) implements ApiFamily {
  private static final JsonSchema VIEW =
      JsonSchema.answer("scheduled:boolean", "target:string", "failure:string");
  private static final long MOST_SECONDS = 1L << 32;
  private static final JsonSchema ORDER =
      JsonSchema.object(
          JsonSchema.required("everySeconds", JsonSchema.whole(1, MOST_SECONDS)),
          JsonSchema.required("order", BackupApi.ORDER));

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/backups/schedule", "Shows the node's schedule of backups.")
            .gives(VIEW, call -> ApiAnswer.of(backups.view())),
        ApiRoute.post("/v1/backups/schedule", "Has the node make a backup every so often.")
            .takes(ORDER)
            .gives(VIEW, call -> change(() -> backups.set(schedule(call.json())))),
        ApiRoute.post("/v1/backups/schedule/end", "Ends the node's schedule of backups.")
            .gives(VIEW, call -> change(backups::end)));
  }

  private ApiAnswer change(Runnable change) {
    try {
      change.run();
      return ApiAnswer.of(backups.view());
    } catch (BackupException e) {
      return ApiAnswer.refused(409, String.valueOf(e.getMessage()));
    }
  }

  private static BackupSchedule schedule(JsonNode body) {
    return new BackupSchedule(
        BackupApi.order(body.path("order")), body.path("everySeconds").asLong(0));
  }
}
