package rondo.server.console;

import rondo.s3.auth.Identity;
import rondo.server.api.ApiAnswer;

/** The admin API, for a caller who is known by a session. Thread-safe; waits for the answer. */
@FunctionalInterface
public interface AdminCalls {
  /**
   * Answers as the admin port would answer a request that {@code caller} signed.
   *
   * @param path with a slash before it, as on the admin port
   * @param query percent-encoded; empty for none
   */
  ApiAnswer call(Identity caller, String method, String path, String query, String body);
}
