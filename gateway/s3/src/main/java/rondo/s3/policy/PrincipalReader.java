package rondo.s3.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the principals of a statement. */
final class PrincipalReader {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:(iam|sts)::([^:*?]*):([a-z-]+)(?:/([^*?]+))?");
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");

  private final Predicate<String> accounts;

  /**
   * @param accounts whether there is an account of that id; it may block, waiting for the cluster
   */
  PrincipalReader(Predicate<String> accounts) {
    this.accounts = accounts;
  }

  /**
   * Reads Principal, or NotPrincipal.
   *
   * @throws PolicyException for a principal that doesn't exist or is malformed
   */
  PrincipalSet read(JsonNode node, boolean not) {
    var members = new ArrayList<Principal>();
    if (node.isString()) {
      if (!node.asString().equals("*")) {
        throw invalid();
      }
      members.add(new Principal.Everyone());
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> kind : node.properties()) {
        kind(kind.getKey(), kind.getValue(), members);
      }
    }
    if (members.isEmpty()) {
      throw invalid();
    }
    return new PrincipalSet(not, List.copyOf(members));
  }

  private void kind(String kind, JsonNode names, List<Principal> members) {
    for (JsonNode name : names.isArray() ? names : List.of(names)) {
      if (!name.isString()) {
        throw invalid();
      }
      members.add(principal(kind, name.asString()));
    }
  }

  private Principal principal(String kind, String name) {
    return switch (kind) {
      case "AWS" -> aws(name);
      case "CanonicalUser" -> account(name);
      case "Service" -> {
        if (!SERVICE.matcher(name).matches()) {
          throw invalid();
        }
        yield new Principal.Service(name);
      }
      case "Federated" -> new Principal.Absent(name);
      default -> throw invalid();
    };
  }

  private Principal aws(String name) {
    if (name.equals("*")) {
      return new Principal.Everyone();
    }
    Matcher arn = ARN.matcher(name);
    if (!arn.matches()) {
      return account(name);
    }
    String id = arn.group(2);
    String path = arn.group(4);
    if (arn.group(3).equals("root") && path == null) {
      return account(id);
    }
    if (path == null || (!id.isEmpty() && !accounts.test(id))) {
      throw invalid();
    }
    return arn.group(3).equals("user") && arn.group(1).equals("iam")
        ? new Principal.User(id, path.substring(path.lastIndexOf('/') + 1))
        : new Principal.Absent(name);
  }

  private Principal account(String id) {
    if (id.isEmpty() || !accounts.test(id)) {
      throw invalid();
    }
    return new Principal.Account(id);
  }

  private static PolicyException invalid() {
    return new PolicyException("Invalid principal in policy");
  }
}
