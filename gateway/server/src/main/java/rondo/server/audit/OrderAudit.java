package rondo.server.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down the orders of the admin API. Thread-safe.
 *
 * @param log null where there is none
 */
public record OrderAudit(@Nullable AuditLog log, boolean required) {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int LONGEST_DETAIL = 2048;
  private static final int LONGEST_ERROR = 500;
  private static final int BAD = 400;
  private static final Pattern SECRET =
      Pattern.compile(
          "(\"[^\"]*(?:secret|password|token|private)[^\"]*\"\\s*:\\s*)\"[^\"]*\"",
          Pattern.CASE_INSENSITIVE);

  /**
   * An order.
   *
   * @param what its method and path
   * @param detail its body without secrets, or the hash of a long one
   */
  public record Order(AuditEntry.Who who, String what, String detail) {
    /**
     * @param caller null when it isn't proved who sends it
     */
    public static Order of(@Nullable Identity caller, String address, String what, String body) {
      var who =
          caller == null
              ? new AuditEntry.Who("", "", "", address)
              : new AuditEntry.Who(
                  caller.displayName(), caller.accountId(), caller.accessKey(), address);
      String plain = SECRET.matcher(body).replaceAll("$1\"-\"");
      boolean isLong = plain.length() > LONGEST_DETAIL;
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String detail = isLong ? "sha256 " + Hashes.sha256Hex(bytes) : plain;
      return new Order(who, what, detail);
    }

    AuditEntry entry(boolean asked, AuditEntry.Outcome outcome) {
      return new AuditEntry("admin", "", asked, who, what, AuditEntry.Target.NONE, detail, outcome);
    }
  }

  /** Whether orders have entries. */
  public boolean isOn() {
    return log != null;
  }

  /**
   * An order is about to be followed. Where entries are required, returns when the one of the
   * attempt is on stable storage; one that nobody has signed is refused anyway and doesn't wait.
   *
   * @return why it can't be followed, in a sentence; empty when it can
   */
  public String begins(Order order) {
    if (log == null || !required || order.who().account().isEmpty()) {
      return "";
    }
    return log.require(order.entry(true, AuditEntry.Outcome.NONE), PATIENCE)
        ? ""
        : "The audit log is required here and takes no entry now: " + log.why() + ".";
  }

  /**
   * An order was followed or refused.
   *
   * @param answer whose member {@code message} says why it was refused
   */
  public void ended(Order order, int status, Object answer) {
    if (log != null) {
      String error = status < BAD ? "" : error(answer);
      log.record(order.entry(false, new AuditEntry.Outcome(status, error, "")));
    }
  }

  private static String error(Object answer) {
    JsonNode tree = JsonMapper.shared().valueToTree(answer);
    String error = tree.path("message").asString("");
    return error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
  }
}
