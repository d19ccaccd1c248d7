package rondo.server.cli.admin;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The paths of the admin API before there were versions, for nodes that haven't been upgraded yet.
 * Pure.
 */
final class OlderPaths {
  private static final String VERSION = "/v1";

  private static final Pattern OF_ONE =
      Pattern.compile("/v1/(?:buckets|nodes)/([^/?]+)/([a-z]+)(.*)");

  private OlderPaths() {}

  /**
   * Whether a refusal is that of a node which knows no versions: its errors have no code.
   *
   * @param target of the request
   */
  static boolean isMeant(String target, int status, String answer) {
    if (!target.startsWith(VERSION + "/") || (status != 403 && status != 404)) {
      return false;
    }
    try {
      JsonNode error = JsonMapper.shared().readTree(answer);
      return error.has("error") && !error.has("code");
    } catch (JacksonException e) {
      return false;
    }
  }

  /** The earlier path of a request, with its query. */
  static String of(String target) {
    var one = OF_ONE.matcher(target);
    return one.matches()
        ? "/%s/%s%s".formatted(one.group(2), one.group(1), one.group(3))
        : target.substring(VERSION.length());
  }
}
