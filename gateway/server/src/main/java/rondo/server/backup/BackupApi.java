package rondo.server.backup;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.S3Access;
import tools.jackson.databind.JsonNode;

/** Takes orders about backups, and tells how far they are. Thread-safe. */
public record BackupApi(BackupJobs jobs) implements ApiFamily {
  private static final long MOST_BYTES_PER_SECOND = 1L << 50;
  private static final JsonSchema VIEW = JsonSchema.answer("phase:string");
  private static final JsonSchema S3 =
      JsonSchema.object(
              JsonSchema.optional("endpoint", JsonSchema.text(0, 1024)),
              JsonSchema.optional("region", JsonSchema.text(0, 64)),
              JsonSchema.required("accessKey", JsonSchema.text(1, 256)),
              JsonSchema.required("secretKey", JsonSchema.text(1, 256)),
              JsonSchema.optional("sessionToken", JsonSchema.text(0, 8192)))
          .described("How a target in S3 is reached.");

  /** The fields of an order. */
  public static final JsonSchema ORDER =
      JsonSchema.object(
          JsonSchema.required(
              "target",
              JsonSchema.text(1, 4096)
                  .described("A folder of the node, by its whole path, or s3://BUCKET/PREFIX.")),
          JsonSchema.optional("id", JsonSchema.text(0, 64).described("Of the backup.")),
          JsonSchema.optional(
              "key", JsonSchema.text(0, 1024).described("A half of the recovery key.")),
          JsonSchema.optional("bytesPerSecond", JsonSchema.whole(0, MOST_BYTES_PER_SECOND)),
          JsonSchema.optional("bucket", JsonSchema.text(0, 63)),
          JsonSchema.optional("as", JsonSchema.text(0, 63)),
          JsonSchema.optional("s3", S3));

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/backups", "Shows how far the node's last order about backups is.")
            .gives(VIEW, call -> ApiAnswer.of(jobs.view())),
        order("make", "Begins a backup of the whole cluster.", VIEW, jobs::backUp),
        order("restore", "Begins to restore a backup, or one bucket of it.", VIEW, jobs::restore),
        order("verify", "Begins to read a backup again.", VIEW, jobs::verify),
        order(
            "list",
            "Lists the whole backups of a target, the newest first.",
            JsonSchema.answer("backups:objects"),
            order -> Map.of("backups", jobs.list(order))),
        order(
            "keys",
            "Gives the master keys of a backup, sealed to its recovery key.",
            JsonSchema.answer("backup:string", "sealed:string"),
            jobs::keys),
        ApiRoute.post("/v1/backups/stop", "Ends the order that the node is at.")
            .gives(
                VIEW,
                call -> {
                  jobs.stop();
                  return ApiAnswer.of(jobs.view());
                }));
  }

  private static ApiRoute order(
      String what,
      String summary,
      JsonSchema gives,
      Function<BackupOrder, Map<String, Object>> work) {
    return ApiRoute.post("/v1/backups/" + what, summary)
        .takes(ORDER)
        .gives(
            gives,
            call -> {
              try {
                return ApiAnswer.of(work.apply(order(call.json())));
              } catch (BackupException e) {
                return ApiAnswer.refused(409, String.valueOf(e.getMessage()));
              }
            });
  }

  /**
   * Reads an order.
   *
   * @throws BackupException when it makes no sense
   */
  public static BackupOrder order(JsonNode body) {
    return new BackupOrder(
        body.path("target").asString(""),
        body.path("id").asString(""),
        body.path("key").asString(""),
        body.path("bytesPerSecond").asLong(0),
        body.path("bucket").asString(""),
        body.path("as").asString(""),
        access(body.path("s3")));
  }

  private static S3Access access(JsonNode body) {
    return body.isMissingNode()
        ? S3Access.NONE
        : new S3Access(
            body.path("endpoint").asString(""),
            body.path("region").asString(""),
            body.path("accessKey").asString(""),
            body.path("secretKey").asString(""),
            body.path("sessionToken").asString(""));
  }
}
