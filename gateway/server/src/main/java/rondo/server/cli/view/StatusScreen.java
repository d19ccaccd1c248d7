package rondo.server.cli.view;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Draws the status of a node and its cluster as text of some 100 columns. Used by one thread. */
final class StatusScreen {
  private static final int BAR = 24;
  private static final int SHORT_ID = 8;

  private final JsonNode status;
  private final StringBuilder text = new StringBuilder();

  private StatusScreen(JsonNode status) {
    this.status = status;
  }

  /**
   * Draws what the admin API gives as {@code /status}.
   *
   * @return lines that end in a newline
   */
  static String draw(JsonNode status) {
    var screen = new StatusScreen(status);
    screen.cluster();
    screen.health();
    screen.nodes();
    screen.disks();
    screen.moves();
    screen.next();
    return screen.text.toString();
  }

  private void line(String words) {
    text.append(words.stripTrailing()).append('\n');
  }

  private void cluster() {
    JsonNode layout = status.path("layout");
    String id = status.path("cluster").asString("");
    line(
        "cluster %s as '%s' knows it: %d nodes, %d copies (R=%d W=%d), layout %d %s, durability %s"
            .formatted(
                id.substring(0, Math.min(SHORT_ID, id.length())),
                status.path("node").asString(""),
                status.path("nodes").size(),
                layout.path("replicas").asInt(),
                layout.path("readQuorum").asInt(),
                layout.path("writeQuorum").asInt(),
                layout.path("epoch").asLong(),
                layout.path("moving").asBoolean() ? "moving" : "settled",
                status.path("durability").asString("").toLowerCase(Locale.ROOT)));
    JsonNode load = status.path("load");
    line(
        "S3      %d requests in work, %d connections, %s of %s memory%s"
            .formatted(
                load.path("s3_requests_in_work").asLong(),
                load.path("s3_connections_open").asLong(),
                Drawn.size(load.path("s3_memory_used_bytes").asLong()),
                Drawn.size(load.path("s3_memory_limit_bytes").asLong()),
                load.path("shedding").asBoolean() ? ", SHEDDING LOAD" : ""));
  }

  private void health() {
    line("");
    for (Map.Entry<String, JsonNode> question : status.path("health").properties()) {
      JsonNode found = question.getValue();
      if (!found.isArray()) {
        boolean good = found.path("good").asBoolean();
        line("%-7s %s".formatted(question.getKey(), good ? "yes" : "NO"));
        found.path("reasons").forEach(it -> line("        " + it.path("sentence").asString("")));
      }
    }
    status
        .path("health")
        .path("warnings")
        .forEach(it -> line("warning " + it.path("sentence").asString("")));
  }

  private void nodes() {
    JsonNode nodes = status.path("nodes");
    int name = width(nodes, it -> it.path("name").asString("").length(), "node");
    int zone = width(nodes, it -> it.path("zone").asString("").length(), "zone");
    int most = Math.max(1, width(nodes, it -> it.path("partitions").asInt(), ""));
    String form = "%-" + name + "s  %-" + zone + "s  %-10s  %-" + BAR + "s  %10s  %9s  %s";
    line("");
    line(form.formatted("node", "zone", "state", "share", "partitions", "capacity", "address"));
    Map<String, JsonNode> told = new HashMap<>();
    status.path("copies").path("nodes").forEach(it -> told.put(it.path("id").asString(""), it));
    for (JsonNode node : nodes) {
      int partitions = node.path("partitions").asInt();
      line(
          form.formatted(
              node.path("name").asString(""),
              node.path("zone").asString(""),
              state(node, told.get(node.path("id").asString(""))),
              Drawn.bar(Drawn.share(partitions, most), BAR),
              partitions,
              Drawn.size(node.path("capacityBytes").asLong()),
              node.path("address").asString("")));
      if (node.has("absence")) {
        line("  " + node.path("absence").asString(""));
      }
    }
  }

  /** The node's state; repairing where it works but says itself that it lacks something. */
  private static String state(JsonNode node, @Nullable JsonNode told) {
    String state = node.path("state").asString("");
    boolean lacks =
        told != null
            && (!told.path("lacking").asString("").isEmpty()
                || told.path("chunksMissing").asLong() > 0);
    return state.equals("up") && lacks ? "repairing" : state;
  }

  private static int width(JsonNode nodes, ToIntFunction<JsonNode> length, String heading) {
    return Math.max(heading.length(), nodes.valueStream().mapToInt(length).max().orElse(0));
  }

  private void disks() {
    line("");
    line("disks of '%s'".formatted(status.path("node").asString("")));
    for (JsonNode disk : status.path("disks")) {
      long own = disk.path("ownBytes").asLong();
      long free = disk.path("freeBytes").asLong();
      long left = disk.path("secondsLeft").asLong(-1);
      line(
          "  %s  %3.0f %%  %s used, %s free%s  %s"
              .formatted(
                  Drawn.bar(Drawn.share(own, own + free), BAR),
                  100 * Drawn.share(own, own + free),
                  Drawn.size(own),
                  Drawn.size(free),
                  left < 0 ? "" : ", full in " + Drawn.time(left),
                  disk.path("path").asString("")));
    }
    status.path("failedFolders").forEach(it -> line("  FAILED: " + it.asString(it.toString())));
  }

  private void moves() {
    JsonNode copying = status.path("copying");
    JsonNode copies = status.path("copies");
    long total = copying.path("total").asLong();
    long done = copying.path("done").asLong();
    boolean moving = done < total || status.path("layout").path("moving").asBoolean();
    boolean repairs = !copies.path("whole").asBoolean(true);
    if (!moving && !repairs) {
      return;
    }
    line("");
    if (done < total) {
      line(
          "moving  %s  %d of %d partitions are here, %s of chunks%s"
              .formatted(
                  Drawn.bar(Drawn.share(done, total), BAR),
                  done,
                  total,
                  Drawn.size(copying.path("bytes").asLong()),
                  remaining(copying.path("secondsLeft"))));
    } else if (moving) {
      line("moving  other nodes take partitions over; this one has all of its own");
    }
    if (repairs) {
      line(
          "repair  %d partitions under-replicated, %d chunks missing, %d writes waiting%s"
              .formatted(
                  copies.path("partitionsUnderReplicated").asLong(),
                  copies.path("chunksMissing").asLong(),
                  copies.path("hintsWaiting").asLong(),
                  remaining(copies.path("secondsLeft"))));
    }
  }

  private static String remaining(JsonNode seconds) {
    return seconds.isNumber() && seconds.asLong() >= 0
        ? ", time remaining " + Drawn.time(seconds.asLong())
        : ", time remaining unknown";
  }

  private void next() {
    List<String> steps = NextSteps.of(status.path("health"));
    line("");
    if (steps.isEmpty()) {
      boolean moving = status.path("layout").path("moving").asBoolean();
      line(moving ? "next    nothing: the move goes on by itself" : "next    nothing to do");
    }
    for (String step : steps) {
      line("next    " + step);
    }
  }
}
