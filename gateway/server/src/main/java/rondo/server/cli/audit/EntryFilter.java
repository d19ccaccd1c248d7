package rondo.server.cli.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.Durations;

/** Which entries of audit logs are wanted. Filled by picocli. */
final class EntryFilter {
  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Those of this account: its name, its id, or one of its access keys.")
  @Nullable String account;

  @Option(
      names = "--operation",
      paramLabel = "WORD",
      description = "Those whose operation has this in its name, such as policy or DeleteBucket.")
  @Nullable String operation;

  @Option(names = "--bucket", paramLabel = "NAME", description = "Those about this bucket.")
  @Nullable String bucket;

  @Option(
      names = "--decision",
      paramLabel = "WORD",
      description = "Those with this decision: allowed, refused, failed or asked.")
  @Nullable String decision;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "That of this request, by its x-amz-request-id.")
  @Nullable String request;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Those from then on, such as 2026-12-01T08:00:00Z, or 24h for a day ago.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Those before then, likewise.")
  @Nullable String until;

  /**
   * The query that asks for them.
   *
   * @throws IllegalArgumentException for a time that is none
   */
  String query(int limit) {
    return query(limit, since == null ? null : time("--since", since));
  }

  /** The query that asks for those since a time. */
  String query(int limit, @Nullable String from) {
    var query = new StringJoiner("&");
    add(query, "account", account);
    add(query, "operation", operation);
    add(query, "bucket", bucket);
    add(query, "decision", decision);
    add(query, "request", request);
    add(query, "since", from);
    add(query, "until", until == null ? null : time("--until", until));
    add(query, "limit", Integer.toString(limit));
    return query.toString();
  }

  private static void add(StringJoiner query, String name, @Nullable String value) {
    if (value != null) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  }

  private static String time(String option, String text) {
    try {
      return text.matches("[0-9]+[smhd]")
          ? Instant.now().minus(Durations.parse(text)).toString()
          : Instant.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          option + " is a time such as 2026-12-01T08:00:00Z, or 24h for a day ago", e);
    }
  }
}
