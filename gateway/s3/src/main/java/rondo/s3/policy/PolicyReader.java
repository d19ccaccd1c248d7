package rondo.s3.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads policy documents ("Grammar of the IAM JSON policy language", IAM reference). Thread-safe.
 */
public final class PolicyReader {
  /** The longest policy of a bucket, in bytes of UTF-8. */
  public static final int MOST_BYTES = 20 * 1024;

  private static final String VERSION = "2012-10-17";
  private static final String OLDER_VERSION = "2008-10-17";
  private static final Set<String> FIELDS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_FIELDS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final boolean withPrincipals;
  private final boolean lenient;
  private final PrincipalReader principals;

  private PolicyReader(boolean withPrincipals, boolean lenient, Predicate<String> accounts) {
    this.withPrincipals = withPrincipals;
    this.lenient = lenient;
    this.principals = new PrincipalReader(accounts);
  }

  /**
   * A reader of policies that are attached to a resource, and so name their principals.
   *
   * @param accounts whether there is an account of that id
   */
  public static PolicyReader ofResource(Predicate<String> accounts) {
    return new PolicyReader(true, false, accounts);
  }

  /**
   * A reader of policies of resources as older tools write them: a statement may lack a resource,
   * and then applies to none, and may name an account that doesn't exist.
   */
  public static PolicyReader ofOlderTools() {
    return new PolicyReader(true, true, account -> true);
  }

  /** A reader of policies that are attached to their principal, and so name none. */
  public static PolicyReader ofIdentity() {
    return new PolicyReader(false, false, id -> true);
  }

  /**
   * The policy of a document.
   *
   * @throws PolicyException for a document that is no policy
   */
  public Policy read(String document) {
    if (document.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new PolicyException("Policy exceeds the maximum allowed document size.");
    }
    JsonNode root = tree(document);
    checkFields(root, FIELDS);
    JsonNode version = root.path("Version");
    if (!version.isMissingNode()
        && !version.asString("").equals(VERSION)
        && !version.asString("").equals(OLDER_VERSION)) {
      throw new PolicyException("The policy must contain a valid version string");
    }
    if (root.has("Id") && !root.path("Id").isString()) {
      throw new PolicyException("Invalid policy syntax: Id must be text");
    }
    return new Policy(statements(root, version.asString("").equals(VERSION)));
  }

  private static JsonNode tree(String document) {
    if (!document.stripLeading().startsWith("{")) {
      throw new PolicyException("Policies must be valid JSON and the first byte must be '{'");
    }
    try {
      return JSON.readTree(document);
    } catch (JacksonException malformed) {
      throw new PolicyException("This policy contains invalid Json");
    }
  }

  private static void checkFields(JsonNode object, Set<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        throw new PolicyException("Unknown field " + field.getKey());
      }
    }
  }

  private List<PolicyStatement> statements(JsonNode root, boolean variables) {
    JsonNode node = root.path("Statement");
    if (node.isMissingNode()) {
      throw new PolicyException("Missing required field Statement");
    }
    var statements = new ArrayList<PolicyStatement>();
    for (JsonNode one : node.isArray() ? node : List.of(node)) {
      statements.add(statement(one, statements.size() + 1, variables));
    }
    if (statements.isEmpty()) {
      throw new PolicyException("Missing required field Statement cannot be empty!");
    }
    return List.copyOf(statements);
  }

  private PolicyStatement statement(JsonNode node, int number, boolean variables) {
    if (!node.isObject()) {
      throw new PolicyException("Invalid policy syntax: a Statement must be an object");
    }
    checkFields(node, STATEMENT_FIELDS);
    if (node.has("Sid") && !node.path("Sid").isString()) {
      throw new PolicyException("Invalid policy syntax: Sid must be text");
    }
    boolean allow = allow(node.path("Effect"));
    return new PolicyStatement(
        node.path("Sid").asString(Integer.toString(number)),
        allow,
        principals(node, allow),
        node.has("NotAction"),
        globs(one(node, "Action", "NotAction"), "Action", false),
        node.has("NotResource"),
        resources(node, variables),
        new ConditionReader(variables, !withPrincipals).read(node.path("Condition")));
  }

  private static boolean allow(JsonNode effect) {
    if (effect.isMissingNode()) {
      throw new PolicyException("Missing required field Effect");
    }
    return switch (effect.asString("")) {
      case "Allow" -> true;
      case "Deny" -> false;
      default -> throw new PolicyException("Invalid effect: " + effect.asString(""));
    };
  }

  private PrincipalSet principals(JsonNode statement, boolean allow) {
    boolean not = statement.has("NotPrincipal");
    if (!withPrincipals) {
      if (not || statement.has("Principal")) {
        throw new PolicyException("Policy document should not specify a principal.");
      }
      return PrincipalSet.ALL;
    }
    if (not && allow) {
      throw new PolicyException("Allow with NotPrincipal is not allowed");
    }
    return principals.read(one(statement, "Principal", "NotPrincipal"), not);
  }

  /** The value of one of two fields, exactly one of which must be there. */
  private static JsonNode one(JsonNode statement, String name, String notName) {
    JsonNode field = statement.path(name);
    JsonNode other = statement.path(notName);
    if (field.isMissingNode() && other.isMissingNode()) {
      throw new PolicyException("Missing required field " + name);
    }
    if (!field.isMissingNode() && !other.isMissingNode()) {
      throw new PolicyException("Statement has both " + name + " and " + notName);
    }
    return field.isMissingNode() ? other : field;
  }

  private List<Glob> resources(JsonNode statement, boolean variables) {
    return lenient && !statement.has("Resource") && !statement.has("NotResource")
        ? List.of()
        : globs(one(statement, "Resource", "NotResource"), "Resource", variables);
  }

  private static List<Glob> globs(JsonNode node, String name, boolean variables) {
    var globs = new ArrayList<Glob>();
    for (JsonNode one : node.isArray() ? node : List.of(node)) {
      if (!one.isString() || one.asString().isEmpty()) {
        throw new PolicyException("Policy has invalid " + name.toLowerCase(java.util.Locale.ROOT));
      }
      globs.add(Glob.of(one.asString(), variables));
    }
    if (globs.isEmpty()) {
      throw new PolicyException("Missing required field " + name + " cannot be empty!");
    }
    return List.copyOf(globs);
  }
}
