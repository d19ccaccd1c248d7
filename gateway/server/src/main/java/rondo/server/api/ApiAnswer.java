package rondo.server.api;

import java.util.Map;

/**
 * An answer of the admin API.
 *
 * @param body text, {@link ApiError}, {@link ApiLines.Source}, or another object that becomes JSON
 * @param headers besides the content's type
 * @param sent runs once the answer has been sent, or can't be
 */
public record ApiAnswer(int status, Object body, Map<String, String> headers, Runnable sent) {
  public ApiAnswer(int status, Object body) {
    this(status, body, Map.of(), () -> {});
  }

  /** What was asked for. */
  public static ApiAnswer of(Object body) {
    return new ApiAnswer(200, body);
  }

  /** An error, whose code goes with its status. */
  public static ApiAnswer refused(int status, String message) {
    return new ApiAnswer(status, ApiError.of(status, message));
  }
}
