package rondo.s3.form;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conditions that the signer of a form sets to its fields and its file. Immutable. */
final class PostPolicy {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FREE =
      Set.of("x-amz-signature", "signature", "awsaccesskeyid", "policy", "file");

  private record Rule(String field, String value, boolean prefix) {}

  /** The two bounds of a length; those that aren't numbers let none through. */
  private record Bounds(BigInteger least, BigInteger most) {}

  private static final Bounds NO_LENGTH = new Bounds(BigInteger.ONE, BigInteger.ZERO);
  private static final String NO_FIELD = "\r\n";

  private final Instant expiration;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Bounds> bounds = new ArrayList<>();

  private PostPolicy(Instant expiration) {
    this.expiration = expiration;
  }

  /**
   * Reads the document as the form carries it.
   *
   * @throws S3Exception InvalidPolicyDocument
   */
  static PostPolicy read(String base64) {
    JsonNode root;
    try {
      root = JSON.readTree(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException | JacksonException malformed) {
      throw invalid("Invalid JSON.");
    }
    JsonNode conditions = root.path("conditions");
    if (!conditions.isArray()) {
      throw invalid("Policy missing conditions.");
    }
    var policy = new PostPolicy(expiration(root.path("expiration")));
    for (JsonNode condition : conditions) {
      policy.add(condition);
    }
    return policy;
  }

  private static Instant expiration(JsonNode given) {
    if (!given.isString()) {
      throw invalid("Policy missing expiration.");
    }
    try {
      return Instant.parse(given.stringValue());
    } catch (DateTimeException malformed) {
      throw invalid("Invalid 'expiration' value.");
    }
  }

  private void add(JsonNode condition) {
    if (condition.isObject() && condition.size() == 1) {
      Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
      rule(only.getKey(), only.getValue(), false);
    } else if (condition.isArray() && condition.size() == 3 && condition.path(0).isString()) {
      switch (condition.path(0).stringValue().toLowerCase(Locale.ROOT)) {
        case "eq" -> rule(variable(condition.path(1)), condition.path(2), false);
        case "starts-with" -> rule(variable(condition.path(1)), condition.path(2), true);
        case "content-length-range" -> bounds(condition.path(1), condition.path(2));
        default -> throw invalid("Invalid condition operator.");
      }
    } else {
      throw invalid("Invalid condition.");
    }
  }

  private void rule(String field, JsonNode value, boolean prefix) {
    if (!value.isString()) {
      throw invalid("Invalid condition value.");
    }
    rules.add(new Rule(field.toLowerCase(Locale.ROOT), value.stringValue(), prefix));
  }

  /** A name without its dollar sign is the one of no field, so that no form meets the rule. */
  private static String variable(JsonNode name) {
    if (!name.isString()) {
      throw invalid("Invalid condition field.");
    }
    String text = name.stringValue();
    return text.startsWith("$") ? text.substring(1) : NO_FIELD;
  }

  private void bounds(JsonNode least, JsonNode most) {
    BigInteger from = bound(least);
    BigInteger to = bound(most);
    bounds.add(from == null || to == null ? NO_LENGTH : new Bounds(from, to));
  }

  /** Null for text that is no number. */
  private static @Nullable BigInteger bound(JsonNode value) {
    String text = value.isString() || value.isIntegralNumber() ? value.asString() : "-";
    if (text.startsWith("-")) {
      throw invalid("Invalid content-length-range.");
    }
    return text.matches("[0-9]+") ? new BigInteger(text) : null;
  }

  /**
   * Checks a form but for the length of its file.
   *
   * @param fields by name in lower case, with the bucket and the final key
   * @throws S3Exception AccessDenied
   */
  void check(Map<String, String> fields, Instant now) {
    if (!now.isBefore(expiration)) {
      throw denied("Policy expired.");
    }
    var named = new HashSet<String>();
    for (Rule rule : rules) {
      named.add(rule.field);
      if (!meets(fields.get(rule.field), rule)) {
        throw denied("Policy Condition failed: " + rule.field.strip());
      }
    }
    for (String field : fields.keySet()) {
      if (!named.contains(field) && !isFree(field)) {
        throw denied("Extra input fields: " + field);
      }
    }
  }

  /**
   * Checks the length of a file as far as it is known.
   *
   * @param mostBytes the most that it can be, which it is where nothing stands behind it
   * @throws S3Exception EntityTooLarge or EntityTooSmall; AccessDenied for bounds that are none
   */
  void checkLength(long leastBytes, long mostBytes) {
    var least = BigInteger.valueOf(leastBytes);
    var most = BigInteger.valueOf(mostBytes);
    for (Bounds bound : bounds) {
      if (bound.equals(NO_LENGTH)) {
        throw denied("Policy Condition failed: content-length-range");
      }
      if (least.compareTo(bound.most) > 0) {
        throw outside(S3Error.ENTITY_TOO_LARGE, most, "MaxSizeAllowed", bound.most);
      }
      if (most.compareTo(bound.least) < 0) {
        throw outside(S3Error.ENTITY_TOO_SMALL, most, "MinSizeAllowed", bound.least);
      }
    }
  }

  private static S3Exception outside(
      S3Error error, BigInteger size, String bound, BigInteger value) {
    var details = new LinkedHashMap<String, String>();
    details.put("ProposedSize", size.toString());
    details.put(bound, value.toString());
    return new S3Exception(error, error.message(), details);
  }

  /** Whether a field meets a rule; a field that may begin with anything may be missing too. */
  private static boolean meets(@Nullable String value, Rule rule) {
    if (!rule.prefix) {
      return value != null && value.equals(rule.value);
    }
    String text = value == null ? "" : value;
    // Types that come as a list all have to begin so.
    return rule.field.equals("content-type")
        ? Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .allMatch(type -> type.startsWith(rule.value))
        : text.startsWith(rule.value);
  }

  /**
   * Whether a field needs no rule. A checksum needs none: it tells nothing that the file doesn't,
   * and clients add it to any form.
   */
  private static boolean isFree(String field) {
    return FREE.contains(field)
        || field.startsWith("x-ignore-")
        || field.startsWith("x-amz-checksum-");
  }

  private static S3Exception denied(String why) {
    return new S3Exception(S3Error.ACCESS_DENIED, "Invalid according to Policy: " + why);
  }

  private static S3Exception invalid(String why) {
    return new S3Exception(S3Error.INVALID_POLICY_DOCUMENT, "Invalid Policy: " + why);
  }
}
