package rondo.server.kubernetes;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rondo.server.config.StartException;
import rondo.server.kubernetes.ClusterSecrets.Kind;

/** Makes a release's secrets inside the cluster, once. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    description = {
      "Makes those of a release's secrets that aren't in the cluster; changes none that is there.",
      "Needs the right to create secrets, and to get those."
    })
final class SecretsCommand implements Callable<Integer> {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ABSENT = 404;
  private static final int EXISTS = 409;

  @Option(names = "--namespace", required = true, description = "The secrets' namespace.")
  String namespace = "";

  @Option(names = "--root-secret", paramLabel = "NAME", description = "The secret of root's keys.")
  @Nullable String root;

  @Option(
      names = "--token-secret",
      paramLabel = "NAME",
      description = "The secret of the join token.")
  @Nullable String token;

  @Option(
      names = "--admin-secret",
      paramLabel = "NAME",
      description = "The secret of the admin API's certificate.")
  @Nullable String admin;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description = "Names in that certificate, with commas between them.")
  List<String> hosts = List.of();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Labels of the secrets.")
  Map<String, String> labels = Map.of();

  @Option(
      names = "--account",
      paramLabel = "FOLDER",
      defaultValue = KubernetesApi.ACCOUNT,
      description = "Where the service account's token is. Default: ${DEFAULT-VALUE}")
  Path account = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    make(KubernetesApi.of(System.getenv(), account));
    return 0;
  }

  /**
   * Makes the secrets that are missing.
   *
   * @throws StartException when Kubernetes refuses that, or one that is there lacks a key
   */
  void make(KubernetesApi api) throws InterruptedException {
    var names = new EnumMap<Kind, @Nullable String>(Kind.class);
    names.put(Kind.ROOT, root);
    names.put(Kind.TOKEN, token);
    names.put(Kind.ADMIN, admin);
    for (var each : names.entrySet()) {
      String name = each.getValue();
      if (name != null) {
        System.out.println(ensure(api, each.getKey(), name));
      }
    }
  }

  private String ensure(KubernetesApi api, Kind kind, String name) throws InterruptedException {
    String path = "/api/v1/namespaces/" + namespace + "/secrets";
    KubernetesApi.Answer found = api.get(path + "/" + name);
    if (found.status() == OK) {
      return check(kind, name, found);
    }
    if (found.status() != ABSENT) {
      throw new StartException(
          "Kubernetes doesn't tell whether the secret %s is there: %s"
              .formatted(name, found.words()));
    }
    KubernetesApi.Answer made =
        api.post(
            path,
            Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "type", "Opaque",
                "metadata", Map.of("name", name, "namespace", namespace, "labels", labels),
                "data", ClusterSecrets.encoded(ClusterSecrets.make(kind, hosts))));
    if (made.status() == EXISTS) {
      return check(kind, name, api.get(path + "/" + name));
    }
    if (made.status() != CREATED) {
      throw new StartException(
          "Kubernetes refuses to make the secret %s: %s".formatted(name, made.words()));
    }
    return "made the secret " + name;
  }

  private static String check(Kind kind, String name, KubernetesApi.Answer found) {
    List<String> missing =
        kind.keys().stream().filter(key -> !found.body().path("data").has(key)).toList();
    if (!missing.isEmpty()) {
      throw new StartException(
          "the secret %s is there, and has no key %s: delete it, and it is made anew, or give it"
                  .formatted(name, String.join(", ", missing))
              + " that");
    }
    return "the secret %s is there".formatted(name);
  }
}
