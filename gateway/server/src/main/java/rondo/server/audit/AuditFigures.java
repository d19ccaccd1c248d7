package rondo.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * What an audit log has done since the start, and what is wrong with it.
 *
 * @param trouble of the log, in a sentence; empty for none
 * @param webhook what is sent elsewhere
 */
public record AuditFigures(long entries, long lost, String trouble, Webhook webhook) {
  /**
   * @param waiting lines that weren't taken yet
   * @param missed lines that were deleted before they were taken
   * @param failures attempts that failed
   * @param trouble in a sentence; empty for none
   */
  public record Webhook(long sent, long waiting, long missed, long failures, String trouble) {}

  static AuditFigures of(@Nullable AuditLog log, @Nullable AuditWebhook webhook) {
    var sent =
        webhook == null
            ? new Webhook(0, 0, 0, 0, "")
            : new Webhook(
                webhook.sent(),
                webhook.waiting(),
                webhook.missed(),
                webhook.failures(),
                trouble(webhook));
    return log == null
        ? new AuditFigures(0, 0, "", sent)
        : new AuditFigures(log.entries(), log.lost(), log.trouble(), sent);
  }

  private static String trouble(AuditWebhook webhook) {
    String failure = webhook.failure();
    return failure.isEmpty()
        ? ""
        : "The webhook takes no audit entries, and %d wait: %s."
            .formatted(webhook.waiting(), failure);
  }
}
