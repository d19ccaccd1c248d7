package rondo.server.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one request or order, before it has its place in the log.
 *
 * @param source {@code s3}, {@code admin}, or {@code audit} for the log's own
 * @param request the request's id; empty for none
 * @param asked whether the request is still to be answered: such an entry has no outcome
 * @param operation S3's name of the operation, or method and path of an order
 * @param detail an order's body; empty for none
 */
public record AuditEntry(
    String source,
    String request,
    boolean asked,
    Who who,
    String operation,
    Target target,
    String detail,
    Outcome outcome) {
  private static final int REFUSED = 403;
  private static final int BAD = 400;

  /**
   * Who asked.
   *
   * @param account its name; empty for an anonymous sender
   */
  public record Who(String account, String accountId, String accessKey, String address) {
    /** Nobody: the log itself. */
    static final Who NOBODY = new Who("", "", "", "");
  }

  /** What it is about; empty for none. */
  public record Target(String bucket, String key) {
    static final Target NONE = new Target("", "");
  }

  /**
   * What became of it.
   *
   * @param status of HTTP; 0 for none
   * @param error code or sentence; empty for a success
   * @param why the rule that decided, in words; empty where none was asked
   */
  public record Outcome(int status, String error, String why) {
    static final Outcome NONE = new Outcome(0, "", "");
  }

  /** An entry of the log about itself. */
  static AuditEntry ofLog(String operation, String detail) {
    return new AuditEntry(
        "audit", "", false, Who.NOBODY, operation, Target.NONE, detail, Outcome.NONE);
  }

  /** Whether the sender didn't prove who it is, so that anybody can cause such entries. */
  boolean isAnonymous() {
    return who.account().isEmpty() && !source.equals("audit");
  }

  /** The fields of its line, in order; empty ones are left out. */
  Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("source", source);
    put(fields, "request", request);
    put(fields, "account", who.account());
    put(fields, "accountId", who.accountId());
    put(fields, "accessKey", who.accessKey());
    put(fields, "address", who.address());
    put(fields, "operation", operation);
    put(fields, "bucket", target.bucket());
    put(fields, "key", target.key());
    put(fields, "detail", detail);
    if (asked) {
      fields.put("decision", "asked");
    } else if (outcome.status() != 0) {
      fields.put("decision", decision());
      fields.put("status", outcome.status());
    }
    put(fields, "error", outcome.error());
    put(fields, "why", outcome.why());
    return fields;
  }

  private String decision() {
    int status = outcome.status();
    return status < BAD
        ? "allowed"
        : status == REFUSED || status == REFUSED - 2 ? "refused" : "failed";
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(name, value);
    }
  }
}
