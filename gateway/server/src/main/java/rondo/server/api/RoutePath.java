package rondo.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;

/**
 * The method and the path of a route.
 *
 * @param path such as {@code /v1/users/{user}/keys}
 * @param old the path that it had before, likewise; empty for none
 */
public record RoutePath(String method, String path, String old) {
  /** The names between braces, in their order. */
  static List<String> parameters(String path) {
    return Arrays.stream(path.split("/"))
        .filter(RoutePath::isParameter)
        .map(it -> it.substring(1, it.length() - 1))
        .toList();
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  /**
   * Holds a path against this one; returns the values of its parameters, decoded, or null when it
   * is another.
   */
  @Nullable Map<String, String> match(String asked) {
    return match(path, asked);
  }

  /** Likewise, with the path that the route had before. */
  @Nullable Map<String, String> matchOld(String asked) {
    return old.isEmpty() ? null : match(old, asked);
  }

  private static @Nullable Map<String, String> match(String template, String asked) {
    String[] wanted = template.split("/", -1);
    String[] given = asked.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < wanted.length; i++) {
      if (isParameter(wanted[i])) {
        String value = new String(PercentCoding.decode(given[i], false), StandardCharsets.UTF_8);
        values.put(wanted[i].substring(1, wanted[i].length() - 1), value);
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return values;
  }

  /** How many segments are words: of two paths that fit, the one with more of them is meant. */
  int words() {
    return (int) Arrays.stream(path.split("/")).filter(it -> !isParameter(it)).count();
  }

  /** A name for the route in programs, such as {@code getBucketsUsage}. */
  String id() {
    String name =
        Arrays.stream(path.split("/"))
            .filter(it -> !it.isEmpty() && !it.equals("v1"))
            .map(it -> isParameter(it) ? "" : it)
            .flatMap(it -> Arrays.stream(it.split("[-.]")))
            .filter(it -> !it.isEmpty())
            .map(it -> Character.toUpperCase(it.charAt(0)) + it.substring(1))
            .collect(Collectors.joining());
    return lowerMethod() + name + (path.endsWith("}") ? "ByName" : "");
  }

  /** The method as the document writes it. */
  String lowerMethod() {
    return method.toLowerCase(Locale.ROOT);
  }
}
