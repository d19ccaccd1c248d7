package rondo.server.cli.backup;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import rondo.server.backup.BackupOrder;
import rondo.server.backup.file.S3Access;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has a node carry out an order about backups, and waits for its end. */
final class JobWatch {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Set<String> RUNNING = Set.of("STARTING", "ROWS", "CHUNKS");

  private JobWatch() {}

  /**
   * Sends an order, and waits until it has ended.
   *
   * @param words says the result
   * @return the node's last answer
   */
  static JsonNode run(AdminClient admin, String what, BackupOrder order, Consumer<JsonNode> words) {
    String answer = admin.call("POST", "/v1/backups/" + what, body(order));
    JsonNode view = tree(answer);
    boolean seen = isSeen();
    while (RUNNING.contains(view.path("phase").asString(""))) {
      if (seen) {
        System.err.printf("\r%-78s", progress(view));
      }
      LockSupport.parkNanos(LOOK_NANOS);
      answer = admin.call("GET", "/v1/backups", "");
      view = tree(answer);
    }
    if (seen) {
      System.err.printf("\r%-78s\r", "");
    }
    return admin.show(
        answer,
        end -> {
          if (isDone(end)) {
            words.accept(end.path("result"));
          } else {
            admin.say(
                end.path("order").asString(what) + " failed: " + end.path("failure").asString(""));
          }
        });
  }

  static boolean isDone(JsonNode view) {
    return view.path("phase").asString("").equals("DONE");
  }

  /** How far the node is, in a line. */
  static String progress(JsonNode view) {
    long bytes = view.path("bytes").asLong();
    long all = view.path("bytesAll").asLong(-1);
    long left = view.path("remainingSeconds").asLong(-1);
    return "%s %s: %,d rows, %,d MiB%s of chunks, %,d MiB sent%s"
        .formatted(
            view.path("order").asString(""),
            view.path("phase").asString(""),
            view.path("rows").asLong(),
            bytes >> 20,
            all < 0 ? "" : " of %,d".formatted(all >> 20),
            view.path("bytesSent").asLong() >> 20,
            left < 0 ? "" : ", %,d s left".formatted(left));
  }

  static String body(BackupOrder order) {
    return JsonMapper.shared().writeValueAsString(map(order));
  }

  static Map<String, Object> map(BackupOrder order) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("target", order.target());
    body.put("id", order.id());
    body.put("key", order.key());
    body.put("bytesPerSecond", order.bytesPerSecond());
    body.put("bucket", order.bucket());
    body.put("as", order.as());
    if (!order.s3().equals(S3Access.NONE)) {
      body.put("s3", s3(order.s3()));
    }
    return body;
  }

  private static Map<String, Object> s3(S3Access access) {
    return Map.of(
        "endpoint", access.endpoint(),
        "region", access.region(),
        "accessKey", access.accessKey(),
        "secretKey", access.secretKey(),
        "sessionToken", access.sessionToken());
  }

  private static JsonNode tree(String answer) {
    return JsonMapper.shared().readTree(answer);
  }

  /** Reads a half of a recovery key. */
  static String key(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartException("can't read the recovery key in " + file, e);
    }
  }

  /** A runtime without the module jdk.internal.le has no console when its input is no terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isSeen() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
