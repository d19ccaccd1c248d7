package rondo.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rondo.s3.auth.Identity;
import rondo.s3.auth.Identity.AdminRole;
import rondo.s3.identity.Account;
import rondo.s3.identity.IdentityAdmin;
import rondo.s3.identity.UserPolicies;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;
import tools.jackson.databind.JsonNode;

/** Shows and changes users and their keys. Thread-safe. */
public final class UserApi implements ApiFamily {
  private static final JsonSchema REMOVED = JsonSchema.answer("removed:string");

  private static final JsonSchema KEY =
      JsonSchema.answer("name:string", "accountId:string", "accessKey:string", "secretKey:string");

  private final IdentityAdmin identities;
  private final UserPolicies policies;

  public UserApi(IdentityAdmin identities, UserPolicies policies) {
    this.identities = identities;
    this.policies = policies;
  }

  @Override
  public List<ApiRoute> routes() {
    var all = new ArrayList<>(ofUsers());
    all.add(
        ApiRoute.delete("/v1/keys/{key}", "Removes an access key.")
            .old("/keys/{key}")
            .gives(REMOVED, call -> ApiAnswer.of(removeKey(call.name("key")))));
    all.addAll(ofPolicies("users", "user"));
    all.addAll(ofPolicies("keys", "key"));
    return all;
  }

  private List<ApiRoute> ofUsers() {
    return List.of(
        ApiRoute.get("/v1/users", "Lists the users, with the ids of their keys.")
            .old("/users")
            .paged()
            .gives(
                JsonSchema.page(
                    "users",
                    JsonSchema.answer(
                        "id:string", "name:string", "email:string", "accessKeys:strings")),
                call ->
                    ApiAnswer.of(
                        call.old() ? list() : Page.of("users", list(), Account::name, call))),
        ApiRoute.post("/v1/users", "Adds a user with a first key, whose secret only this shows.")
            .old("/users")
            .takes(
                JsonSchema.object(
                    JsonSchema.required("name", JsonSchema.text(1, 64)),
                    JsonSchema.optional("email", JsonSchema.text(0, 320))))
            .gives(KEY, call -> ApiAnswer.of(add(call.json()))),
        ApiRoute.delete("/v1/users/{user}", "Removes a user and its keys; what it owns stays.")
            .old("/users/{user}")
            .gives(REMOVED, call -> ApiAnswer.of(remove(call.name("user")))),
        ApiRoute.post("/v1/users/{user}/keys", "Adds a key, whose secret only this shows.")
            .old("/users/{user}/keys")
            .gives(KEY, call -> ApiAnswer.of(addKey(call.name("user")))),
        ApiRoute.put("/v1/users/{user}/role", "Gives a user a role in this API, or none.")
            .old("/users/{user}/role")
            .takes(
                JsonSchema.object(
                    JsonSchema.required("role", JsonSchema.oneOf("", "operator", "administrator"))))
            .gives(
                JsonSchema.answer("name:string", "role:string"),
                call -> ApiAnswer.of(setRole(call.name("user"), call.json()))));
  }

  private List<ApiRoute> ofPolicies(String kind, String name) {
    String path = "/%s/{%s}/policy".formatted(kind, name);
    return List.of(
        ApiRoute.get("/v1" + path, "Shows the policy of a %s, as it was put.".formatted(name))
            .old(path)
            .givesText(call -> ApiAnswer.of(policy(kind, call.name(name)))),
        ApiRoute.put("/v1" + path, "Sets what a %s may do.".formatted(name))
            .old(path)
            .takes(JsonSchema.document())
            .gives(
                JsonSchema.answer("put:string"),
                call -> ApiAnswer.of(putPolicy(kind, call.name(name), call.text()))),
        ApiRoute.delete("/v1" + path, "Removes the policy of a %s.".formatted(name))
            .old(path)
            .gives(REMOVED, call -> ApiAnswer.of(putPolicy(kind, call.name(name), ""))));
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
