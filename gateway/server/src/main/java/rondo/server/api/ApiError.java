package rondo.server.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error, in the one form that all of the admin API's have: {@code code} for programs, {@code
 * message} for people, and {@code where} when one part of the request is to blame.
 *
 * @param where such as {@code query.limit} or {@code body.orders[0]}; empty for none
 */
public record ApiError(String code, String message, String where) {
  static final String PARAMETER = "InvalidParameter";
  static final String BODY = "InvalidBody";

  /** An error whose code goes with its status. */
  public static ApiError of(int status, String message) {
    return new ApiError(code(status), message, "");
  }

  /** An error in a part of a request. */
  static ApiError of(String where, String problem) {
    return new ApiError(where.startsWith("body") ? BODY : PARAMETER, where + " " + problem, where);
  }

  private static String code(int status) {
    return switch (status) {
      case 400 -> "InvalidRequest";
      case 401 -> "NotAuthenticated";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 409 -> "Conflict";
      case 411 -> "LengthRequired";
      case 413 -> "BodyTooLarge";
      case 429 -> "TooMany";
      case 501 -> "NotImplemented";
      case 503 -> "Unavailable";
      default -> status < 500 ? "InvalidRequest" : "InternalError";
    };
  }

  /**
   * The error, ready to become JSON.
   *
   * @param old whether the client knows the earlier form alone, {@code error} with the message
   */
  public Map<String, String> view(boolean old) {
    var view = new LinkedHashMap<String, String>();
    if (old) {
      view.put("error", message);
    }
    view.put("code", code);
    view.put("message", message);
    if (!where.isEmpty()) {
      view.put("where", where);
    }
    return view;
  }
}
