package rondo.server.api;

import java.util.Map;

/**
 * An answer of the admin API.
 *
 * @param body text, {@link ApiError}, {@link ApiLines.Source}, or another object that becomes JSON
 * @param headers besides the content's type
 * @param sent runs once the answer has been sent, or can't be
 */
public record Answer(int status, Object body, Map<String, String> headers, Runnable sent) {
  public Answer(int status, Object body) {
    this(status, body, Map.of(), () -> {});
  }

  /** What was asked for. */
  public static Answer of(Object body) {
    return new Answer(200, body);
  }

  /** An error, whose code goes with its status. */
  public static Answer refused(int status, String message) {
    return new Answer(status, ApiError.of(status, message));
  }
}
