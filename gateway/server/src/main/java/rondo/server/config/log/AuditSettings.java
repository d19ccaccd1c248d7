package rondo.server.config.log;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of a node.
 *
 * @param required whether what can't be written down is refused
 * @param dataBuckets whose requests on data have entries too; {@code *} for all
 * @param mostBytes of a file; at least 1 MiB
 * @param files how many are kept; at least 2
 * @param webhook where entries are sent; null for nowhere
 * @param webhookToken a file with the token that goes along; null for none
 */
public record AuditSettings(
    boolean on,
    boolean required,
    List<String> dataBuckets,
    long mostBytes,
    int files,
    @Nullable URI webhook,
    @Nullable Path webhookToken) {
  private static final long LEAST = 1 << 20;
  private static final int MOST_FILES = 10_000;

  public AuditSettings {
    boolean asked = required || !dataBuckets.isEmpty() || webhook != null || webhookToken != null;
    if (asked && !on) {
      throw new IllegalArgumentException(
          "--audit-required, --audit-data and --audit-webhook need --audit");
    }
    if (mostBytes < LEAST) {
      throw new IllegalArgumentException("--audit-size is at least 1MiB");
    }
    if (files < 2 || files > MOST_FILES) {
      throw new IllegalArgumentException("--audit-files is a number from 2 to " + MOST_FILES);
    }
    if (webhook == null && webhookToken != null) {
      throw new IllegalArgumentException("--audit-webhook-token-file needs --audit-webhook");
    }
    String scheme = webhook == null ? "https" : String.valueOf(webhook.getScheme());
    boolean isUrl = webhook == null || webhook.getHost() != null;
    if (!isUrl || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "--audit-webhook is a URL such as https://collector.example.net/rondo");
    }
    dataBuckets = List.copyOf(dataBuckets);
  }
}
