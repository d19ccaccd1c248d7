package rondo.s3.cors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.CorsRules;

/**
 * Finds the rule that allows a request from another origin (the first whose origins, methods and
 * headers all match), and the headers of the answer under it ("Using cross-origin resource
 * sharing", Amazon S3 user guide). Pure.
 */
final class CorsMatcher {
  private CorsMatcher() {}

  /** The first rule that allows the request; null when there is none. */
  static CorsRules.@Nullable Rule rule(CorsRules rules, OriginRequest origin) {
    return rules.getRulesList().stream()
        .filter(rule -> allows(rule, origin))
        .findFirst()
        .orElse(null);
  }

  private static boolean allows(CorsRules.Rule rule, OriginRequest origin) {
    return rule.getAllowedMethodsList().contains(origin.method())
        && allowedOrigin(rule, origin) != null
        && origin.headers().stream().allMatch(header -> allowsHeader(rule, header));
  }

  private static @Nullable String allowedOrigin(CorsRules.Rule rule, OriginRequest origin) {
    return rule.getAllowedOriginsList().stream()
        .filter(pattern -> matches(pattern, origin.name()))
        .findFirst()
        .orElse(null);
  }

  private static boolean allowsHeader(CorsRules.Rule rule, String header) {
    return rule.getAllowedHeadersList().stream()
        .anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), header));
  }

  /** Matches a pattern with at most one asterisk, which stands for any text. */
  static boolean matches(String pattern, String text) {
    int asterisk = pattern.indexOf('*');
    if (asterisk < 0) {
      return pattern.equals(text);
    }
    String suffix = pattern.substring(asterisk + 1);
    return text.length() >= asterisk + suffix.length()
        && text.startsWith(pattern.substring(0, asterisk))
        && text.endsWith(suffix);
  }

  /** The headers of an answer to this origin, under the rule that allows it. */
  static Map<String, String> headers(CorsRules.Rule rule, OriginRequest origin) {
    var headers = new LinkedHashMap<String, String>();
    if ("*".equals(allowedOrigin(rule, origin))) {
      headers.put("Access-Control-Allow-Origin", "*");
    } else {
      headers.put("Access-Control-Allow-Origin", origin.name());
      headers.put("Access-Control-Allow-Credentials", "true");
    }
    headers.put("Access-Control-Allow-Methods", list(rule.getAllowedMethodsList()));
    if (rule.getExposeHeadersCount() > 0) {
      headers.put("Access-Control-Expose-Headers", list(rule.getExposeHeadersList()));
    }
    if (rule.hasMaxAgeSeconds()) {
      headers.put("Access-Control-Max-Age", Integer.toString(rule.getMaxAgeSeconds()));
    }
    headers.put("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    return headers;
  }

  static String list(List<String> values) {
    return String.join(", ", values);
  }
}
