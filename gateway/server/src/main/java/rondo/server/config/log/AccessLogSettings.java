package rondo.server.config.log;

import org.jspecify.annotations.Nullable;

/**
 * The access log of a node.
 *
 * @param target a file, or {@code -} for standard output; null for none
 * @param mostBytes of the file, before it is set aside; at least 1 MiB
 * @param files how many that were set aside are kept
 */
public record AccessLogSettings(@Nullable String target, long mostBytes, int files) {
  private static final long LEAST = 1 << 20;
  private static final int MOST_FILES = 1000;

  public AccessLogSettings {
    if (target != null && target.isBlank()) {
      throw new IllegalArgumentException("--access-log is a file, or - for standard output");
    }
    if (mostBytes < LEAST) {
      throw new IllegalArgumentException("--access-log-size is at least 1MiB");
    }
    if (files < 0 || files > MOST_FILES) {
      throw new IllegalArgumentException("--access-log-files is a number from 0 to " + MOST_FILES);
    }
  }
}
