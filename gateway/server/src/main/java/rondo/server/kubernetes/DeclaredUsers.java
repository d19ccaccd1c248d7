package rondo.server.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.StartException;
import rondo.server.kubernetes.DeclaredState.DeclaredUser;
import rondo.server.kubernetes.DeclaredState.KeySecret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes users as they are declared, with a key in each of their secrets; removes none. */
final class DeclaredUsers {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ABSENT = 404;
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

  private final BucketCalls s3;
  private final AdminClient admin;
  private final KubernetesApi api;
  private final String namespace;
  private final Map<String, String> labels;

  /**
   * @param namespace of secrets that name none
   * @param labels of the secrets
   */
  DeclaredUsers(
      BucketCalls s3,
      AdminClient admin,
      KubernetesApi api,
      String namespace,
      Map<String, String> labels) {
    this.s3 = s3;
    this.admin = admin;
    this.api = api;
    this.namespace = namespace;
    this.labels = labels;
  }

  /** A key whose secret was just shown. */
  private record NewKey(String accessKey, String secretKey) {
    static NewKey of(JsonNode shown) {
      return new NewKey(shown.path("accessKey").asString(""), shown.path("secretKey").asString(""));
    }

    @Override
    public String toString() {
      return "the key " + accessKey;
    }
  }

  /**
   * Makes the users that aren't there, and sets what is declared of each.
   *
   * @return what was done and found, in words
   * @throws StartException when the node or Kubernetes refuses that
   */
  List<String> apply(List<DeclaredUser> users) throws InterruptedException {
    var keys = new HashMap<String, Set<String>>();
    for (JsonNode user : admin.pages("/v1/users", "users")) {
      keys.put(
          user.path("name").asString(""),
          user.path("accessKeys")
              .valueStream()
              .map(JsonNode::asString)
              .collect(Collectors.toSet()));
    }
    var done = new ArrayList<String>();
    for (DeclaredUser user : users) {
      done.addAll(apply(user, keys.get(user.name())));
    }
    return done;
  }

  private List<String> apply(DeclaredUser user, @Nullable Set<String> known)
      throws InterruptedException {
    String path = "/v1/users/" + encoded(user.name());
    @Nullable NewKey first = known == null ? add(user) : null;
    var done = new ArrayList<String>();
    done.add("user %s: %s".formatted(user.name(), known == null ? "made" : "there"));
    try {
      if (user.role() != null) {
        call("PUT", path + "/role", json(Map.of("role", user.role())));
      }
      if (user.policy() != null) {
        boolean none = user.policy().isEmpty();
        call(none ? "DELETE" : "PUT", path + "/policy", none ? "" : user.policy().toString());
      }
      Set<String> unused = new HashSet<>(known == null ? Set.of() : known);
      for (KeySecret secret : user.secrets()) {
        String found = accessKey(secret);
        if (found == null) {
          NewKey key = first != null ? first : NewKey.of(admin.read("POST", path + "/keys", ""));
          first = null;
          create(secret, key);
          done.add("  %s is in the secret %s".formatted(key, secret.name()));
        } else if (!unused.remove(found)) {
          throw foreign(user, secret, found);
        }
      }
      unused.forEach(key ->
          done.add(
              "  no declared secret has the key %s: 'rondo user key --remove %s' removes it once no"
                      .formatted(key, key)
                  + " client uses it"));
    } finally {
      if (first != null) {
        removeKey(first);
      }
    }
    return done;
  }

  private static StartException foreign(DeclaredUser user, KeySecret secret, String found) {
    return new StartException(
        "the secret %s is there, and its key %s isn't one of the user %s: delete the secret, and"
                .formatted(secret.name(), found, user.name())
            + " the next run makes it with a new key");
  }

  private NewKey add(DeclaredUser user) {
    String email = user.email() == null ? "" : user.email();
    return NewKey.of(
        admin.read("POST", "/v1/users", json(Map.of("name", user.name(), "email", email))));
  }

  private void removeKey(NewKey key) {
    call("DELETE", "/v1/keys/" + encoded(key.accessKey()), "");
  }

  private void call(String method, String path, String body) {
    admin.call(method, path, body);
  }

  private static String json(Map<String, String> body) {
    return JsonMapper.shared().writeValueAsString(body);
  }

  private static String encoded(String name) {
    return PercentCoding.encode(name.getBytes(StandardCharsets.UTF_8), false);
  }

  private String path(KeySecret secret) {
    return "/api/v1/namespaces/" + secret.namespaceOr(namespace) + "/secrets";
  }

  /** The access key in a secret; null where there is no such secret. */
  private @Nullable String accessKey(KeySecret secret) throws InterruptedException {
    KubernetesApi.Answer found = api.get(path(secret) + "/" + secret.name());
    if (found.status() == ABSENT) {
      return null;
    }
    if (found.status() != OK) {
      throw new StartException(
          "Kubernetes doesn't tell whether the secret %s is there: %s"
              .formatted(secret.name(), found.words()));
    }
    String key = found.body().path("data").path(ACCESS_KEY).asString("");
    if (key.isEmpty()) {
      throw new StartException(
          "the secret %s is there, and has no key %s: delete it, and the next run makes it, or"
                  .formatted(secret.name(), ACCESS_KEY)
              + " declare one of another name");
    }
    return new String(Base64.getDecoder().decode(key), StandardCharsets.UTF_8);
  }

  /** Makes a secret; a key that comes into none is removed again. */
  private void create(KeySecret secret, NewKey key) throws InterruptedException {
    Map<String, String> content = KeySecret.content(key.accessKey(), key.secretKey(), s3);
    String where = secret.namespaceOr(namespace);
    KubernetesApi.Answer made =
        api.post(
            path(secret),
            Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "type", "Opaque",
                "metadata", Map.of("name", secret.name(), "namespace", where, "labels", labels),
                "data", ClusterSecrets.encoded(content)));
    if (made.status() != CREATED) {
      removeKey(key);
      throw new StartException(
          "Kubernetes refuses to make the secret %s in the namespace %s: %s"
              .formatted(secret.name(), where, made.words()));
    }
  }
}
