package rondo.gateway.admin;

import java.util.List;
import java.util.Map;
import rondo.gateway.auth.Identity;
import rondo.gateway.identity.Account;
import rondo.gateway.identity.IdentityAdmin;
import tools.jackson.databind.JsonNode;

/** Users and their keys, as the admin API shows them. Thread-safe. */
public final class UserApi {
  private final IdentityAdmin identities;

  public UserApi(IdentityAdmin identities) {
    this.identities = identities;
  }

  List<Account> list() {
    return identities.list();
  }

  /** The new user's first key: the only time that its secret is shown. */
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

  private static Map<String, String> shown(Identity identity) {
    return Map.of(
        "name", identity.displayName(),
        "accountId", identity.accountId(),
        "accessKey", identity.accessKey(),
        "secretKey", identity.secret());
  }
}
