package rondo.server.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import rondo.server.cli.admin.TrustedCertificates;
import rondo.server.config.StartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of the Kubernetes cluster that this pod runs in, as the pod's service account. Where the
 * API doesn't answer, a request is sent again for a minute.
 */
final class KubernetesApi {
  /** Where Kubernetes mounts a service account's token and the API's certificate. */
  static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /** An answer; its status is below 500. */
  record Answer(int status, JsonNode body) {
    /** What the API says of it. */
    String words() {
      return body.path("message").asString("status " + status);
    }
  }

  private final URI api;
  private final Path account;
  private final long silentNanos;

  private KubernetesApi(URI api, Path account, long silentNanos) {
    this.api = api;
    this.account = account;
    this.silentNanos = silentNanos;
  }

  /**
   * That which the pod's environment names.
   *
   * @param account the folder with the account's token and the API's certificate
   * @throws StartException when this isn't a pod
   */
  static KubernetesApi of(Map<String, String> environment, Path account) {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT_HTTPS", "443");
    if (host == null) {
      throw new StartException(
          "KUBERNETES_SERVICE_HOST isn't set: this command runs in a pod of Kubernetes");
    }
    String quoted = host.contains(":") ? "[" + host + "]" : host;
    return new KubernetesApi(URI.create("https://" + quoted + ":" + port), account, SILENT_NANOS);
  }

  /** For tests: without TLS, and not asked again. */
  static KubernetesApi plain(URI api, Path account) {
    return new KubernetesApi(api, account, 0);
  }

  Answer get(String path) throws InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, Object body) throws InterruptedException {
    String json = JsonMapper.shared().writeValueAsString(body);
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Changes parts of an object, entries of lists by the keys that Kubernetes knows of them. */
  Answer patch(String path, Object body) throws InterruptedException {
    String json = JsonMapper.shared().writeValueAsString(body);
    return send(
        request(path)
            .header("Content-Type", "application/strategic-merge-patch+json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + file("token").strip());
  }

  private String file(String name) {
    try {
      return Files.readString(account.resolve(name));
    } catch (IOException e) {
      throw new StartException(
          "can't read %s: the pod has no token of its service account (%s)"
              .formatted(account.resolve(name), e.getClass().getSimpleName()),
          e);
    }
  }

  private Answer send(HttpRequest.Builder request) throws InterruptedException {
    long end = System.nanoTime() + silentNanos;
    try (HttpClient client = client()) {
      while (true) {
        String failure;
        try {
          var answer =
              client.send(
                  request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
          if (answer.statusCode() < SERVER_ERROR && answer.statusCode() != TOO_MANY) {
            return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
          }
          failure = "status " + answer.statusCode();
        } catch (IOException | JacksonException e) {
          failure = e.toString();
        }
        if (System.nanoTime() >= end) {
          throw new StartException("Kubernetes' API at %s fails: %s".formatted(api, failure));
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private HttpClient client() {
    var client = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (api.getScheme().equals("https")) {
      client.sslContext(TrustedCertificates.of(account.resolve("ca.crt")));
    }
    return client.build();
  }
}
