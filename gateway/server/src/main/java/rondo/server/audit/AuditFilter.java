package rondo.server.audit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which lines of an audit log are wanted; an empty field lets all through. Pure.
 *
 * @param account name, id or access key
 * @param operation a part of its name, in any case
 * @param decision {@code asked}, {@code allowed}, {@code refused} or {@code failed}
 * @param request the request's id
 * @param limit how many, of the newest
 */
record AuditFilter(
    String account,
    String operation,
    String bucket,
    String decision,
    String request,
    Times times,
    int limit) {
  static final int MOST = 1000;

  /**
   * A span of time.
   *
   * @param since ISO 8601; lines from then on
   * @param until ISO 8601; lines before it
   */
  record Times(String since, String until) {}

  static AuditFilter of(JsonNode filter) {
    return new AuditFilter(
        text(filter, "account"),
        text(filter, "operation"),
        text(filter, "bucket"),
        text(filter, "decision"),
        text(filter, "request"),
        new Times(text(filter, "since"), text(filter, "until")),
        Math.clamp(filter.path("limit").asInt(MOST), 1, MOST));
  }

  private static String text(JsonNode filter, String name) {
    return filter.path(name).asString("");
  }

  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("account", account);
    view.put("operation", operation);
    view.put("bucket", bucket);
    view.put("decision", decision);
    view.put("request", request);
    view.put("since", times.since());
    view.put("until", times.until());
    view.put("limit", limit);
    return view;
  }

  /** Whether a line is wanted; one that isn't JSON isn't. */
  boolean matches(String line) {
    try {
      return matches(JsonMapper.shared().readTree(line));
    } catch (JacksonException e) {
      return false;
    }
  }

  private boolean matches(JsonNode line) {
    String time = text(line, "time");
    return (account.isEmpty()
            || account.equals(text(line, "account"))
            || account.equals(text(line, "accountId"))
            || account.equals(text(line, "accessKey")))
        && contains(text(line, "operation"), operation)
        && equal(bucket, text(line, "bucket"))
        && equal(decision, text(line, "decision"))
        && equal(request, text(line, "request"))
        && (times.since().isEmpty() || time.compareTo(times.since()) >= 0)
        && (times.until().isEmpty() || time.compareTo(times.until()) < 0);
  }

  private static boolean equal(String wanted, String there) {
    return wanted.isEmpty() || wanted.equals(there);
  }

  private static boolean contains(String there, String wanted) {
    return there.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
  }
}
