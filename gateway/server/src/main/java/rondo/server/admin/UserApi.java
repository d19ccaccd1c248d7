package rondo.server.admin;

import java.util.List;
import java.util.Map;
import rondo.s3.auth.Identity;
import rondo.s3.auth.Identity.AdminRole;
import rondo.s3.identity.Account;
import rondo.s3.identity.IdentityAdmin;
import rondo.s3.identity.UserPolicies;
import tools.jackson.databind.JsonNode;

/** Shows and changes users and their keys. Thread-safe. */
public final class UserApi {
  private final IdentityAdmin identities;
  private final UserPolicies policies;

  public UserApi(IdentityAdmin identities, UserPolicies policies) {
    this.identities = identities;
    this.policies = policies;
  }

  List<Account> list() {
    return identities.list();
  }

  /** Makes a user with a first key; the key's secret is shown only this once. */
  Map<String, String> add(JsonNode body) {
    return shown(
        identities.addUser(body.path("name").asString(""), body.path("email").asString("")));
  }

  Map<String, String> remove(String name) {
    identities.removeUser(name);
    return Map.of("removed", name);
  }

  Map<String, String> addKey(String name) {
    return shown(identities.addKey(name));
  }

  Map<String, String> removeKey(String accessKey) {
    identities.removeKey(accessKey);
    return Map.of("removed", accessKey);
  }

  /**
   * Gives a user a role in this API.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  Map<String, String> setRole(String name, JsonNode body) {
    AdminRole role = AdminRole.named(body.path("role").asString("?"));
    if (role == null) {
      throw new IllegalArgumentException(
          "the role is \"operator\", \"administrator\", or \"\" for none");
    }
    identities.setRole(name, role);
    return Map.of("name", name, "role", role.word());
  }

  /**
   * The policy of a user or of a key, as it was put.
   *
   * @param kind {@code users} or {@code keys}
   */
  String policy(String kind, String name) {
    String document = kind.equals("keys") ? policies.ofKey(name) : policies.ofUser(name);
    return document.isEmpty() ? "" : document.stripTrailing() + "\n";
  }

  /**
   * Sets the policy of a user or of a key.
   *
   * @param kind {@code users} or {@code keys}
   * @param document empty to remove the policy
   */
  Map<String, String> putPolicy(String kind, String name, String document) {
    if (kind.equals("keys")) {
      policies.putOfKey(name, document);
    } else {
      policies.putOfUser(name, document);
    }
    return Map.of(document.isEmpty() ? "removed" : "put", "policy of " + name);
  }

  private static Map<String, String> shown(Identity identity) {
    return Map.of(
        "name", identity.displayName(),
        "accountId", identity.accountId(),
        "accessKey", identity.accessKey(),
        "secretKey", identity.secret());
  }
}
