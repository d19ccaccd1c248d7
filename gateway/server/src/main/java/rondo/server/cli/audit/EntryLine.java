package rondo.server.cli.audit;

import tools.jackson.databind.JsonNode;

/** Writes an entry of an audit log for people, without what could steer a terminal. */
final class EntryLine {
  private static final int LONGEST_DETAIL = 120;

  private EntryLine() {}

  static String of(JsonNode entry) {
    var line = new StringBuilder();
    line.append(
        "%-24s  %-10s %-8s %-12s %s"
            .formatted(
                text(entry, "time"),
                text(entry, "node"),
                text(entry, "decision"),
                entry.has("account") ? text(entry, "account") : anonymous(entry),
                text(entry, "operation")));
    String bucket = text(entry, "bucket");
    String key = text(entry, "key");
    append(line, " ", bucket + (key.isEmpty() ? "" : "/" + key));
    String detail = text(entry, "detail");
    boolean isLong = detail.length() > LONGEST_DETAIL;
    append(line, " ", isLong ? detail.substring(0, LONGEST_DETAIL) + "..." : detail);
    append(line, ": ", text(entry, "error"));
    append(line, "; ", text(entry, "why"));
    return line.toString().stripTrailing();
  }

  private static String anonymous(JsonNode entry) {
    return text(entry, "source").equals("audit") ? "-" : "anonymous";
  }

  private static void append(StringBuilder line, String before, String text) {
    if (!text.isEmpty()) {
      line.append(before).append(text);
    }
  }

  private static String text(JsonNode entry, String name) {
    return entry.path(name).asString("").replaceAll("\\p{C}", "?");
  }
}
