package rondo.server.cli.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.storage.RootCredentials;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an admin port, and says in words what is wrong when it doesn't answer as one.
 *
 * @param ca the certificates to trust; null for those that Java trusts
 */
record NodeConnection(HostPort admin, boolean tls, @Nullable Path ca) {
  /** A person waits for it; networks of the whole Earth connect within a second. */
  private static final Duration CONNECTED = Duration.ofSeconds(4);

  /** For a page that a node has ready; one that takes longer is stopped or overloaded. */
  private static final Duration ALIVE = Duration.ofSeconds(5);

  /** Long enough for a node that has to count millions of rows first. */
  private static final Duration ANSWERED = Duration.ofMinutes(10);

  /** Makes every request another one; signed like all headers. */
  private static final String NONCE = "x-rondo-nonce";

  /**
   * Sends a signed request; returns the answer's text.
   *
   * @param target a path, perhaps with a query, percent-encoded
   * @throws StartException saying what is wrong
   */
  String call(RootCredentials root, String method, String target, String body) {
    try (var client = client()) {
      probe(client);
      HttpResponse<String> answer = exchange(client, signed(root, method, target, body));
      if (OlderPaths.isMeant(target, answer.statusCode(), answer.body())) {
        HttpRequest again = signed(root, method, OlderPaths.of(target), body);
        return read(exchange(client, again), root.accessKey());
      }
      return read(answer, root.accessKey());
    }
  }

  private HttpRequest signed(RootCredentials root, String method, String target, String body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    var signer = new RequestSigner(root.accessKey(), root.secret(), region(), AuthSettings.ADMIN);
    // Two equal commands in one second are two requests, and the node takes a request once.
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("host", admin.toString()), Map.entry(NONCE, UUID.randomUUID().toString()));
    var request = new SignedRequest(method, path, query, headers);
    String hash = Hashes.sha256Hex(body.getBytes(StandardCharsets.UTF_8));
    var builder =
        HttpRequest.newBuilder(uri(target))
            .timeout(ANSWERED)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (Map.Entry<String, String> header : signer.sign(request, hash, Instant.now())) {
      if (!header.getKey().equals("host")) {
        builder.header(header.getKey(), header.getValue());
      }
    }
    return builder.build();
  }

  /** Asks for a page that needs no credentials; returns its text. */
  String ask(String path) {
    try (var client = client()) {
      return read(exchange(client, HttpRequest.newBuilder(uri(path)).timeout(ALIVE).build()), "");
    }
  }

  private URI uri(String target) {
    try {
      return URI.create((tls ? "https" : "http") + "://" + admin + target);
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "'%s%s' is no address that can be asked: names have letters, digits, dots and hyphens, and what else is in them must be percent-encoded"
              .formatted(admin, target),
          e);
    }
  }

  /** Finds out soon whether anything answers there: some commands take minutes. */
  private void probe(HttpClient client) {
    try {
      client.send(
          HttpRequest.newBuilder(uri("/health/live")).timeout(ALIVE).build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (HttpTimeoutException e) {
      throw slow(e);
    } catch (IOException e) {
      // The request itself says what is wrong.
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private StartException slow(HttpTimeoutException e) {
    return e instanceof HttpConnectTimeoutException
        ? unreachable(e)
        : new StartException(
            "the node at "
                + admin
                + " takes connections but answers nothing: its process is stopped, or overloaded",
            e);
  }

  private static StartException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StartException("interrupted", e);
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTED);
    return (ca == null ? builder : builder.sslContext(TrustedCertificates.of(ca))).build();
  }

  private String read(HttpResponse<String> answer, String accessKey) {
    String type = answer.headers().firstValue("content-type").orElse("");
    int status = answer.statusCode();
    if (status != 200) {
      boolean isRefused = status == 401 || status == 403;
      throw new StartException(
          error(answer) + (isRefused ? " (access key '" + accessKey + "')" : ""));
    }
    if (!type.startsWith("application/json") && !type.startsWith("text/plain")) {
      throw new StartException(noAdminPort("an answer of type '" + type + "'"));
    }
    return answer.body();
  }

  private HttpResponse<String> exchange(HttpClient client, HttpRequest request) {
    boolean isShort = request.timeout().filter(ALIVE::equals).isPresent();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (SSLException e) {
      throw new StartException(
          "no TLS with " + admin + " (" + e.getMessage() + "): --ca FILE says what to trust", e);
    } catch (HttpTimeoutException e) {
      throw isShort || e instanceof HttpConnectTimeoutException
          ? slow(e)
          : new StartException(
              "no answer from " + admin + " in time: what was asked may go on there, or be done",
              e);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String error(HttpResponse<String> answer) {
    try {
      JsonNode told = JsonMapper.shared().readTree(answer.body());
      return told.path("message")
          .asString(told.path("error").asString(noAdminPort("HTTP " + answer.statusCode())));
    } catch (JacksonException e) {
      return noAdminPort("HTTP " + answer.statusCode());
    }
  }

  private String noAdminPort(String said) {
    return "what answers at %s isn't a node's admin port (%s): it is the one of --admin-listen, 9001 if nothing else was said"
        .formatted(admin, said);
  }

  private StartException unreachable(IOException e) {
    if (e.getCause() instanceof UnresolvedAddressException
        || (e instanceof ConnectException && isUnresolved(e))) {
      return new StartException("there is no machine called '" + admin.host() + "'", e);
    }
    if (!(e instanceof ConnectException) && !(e instanceof HttpConnectTimeoutException)) {
      return new StartException(
          "no answer from "
              + admin
              + ", which closed the connection: is that the port of its --admin-listen, and does"
              + " the node still run?",
          e);
    }
    return new StartException(
        "no answer from " + admin + ": is a node running there? (--admin HOST:PORT)", e);
  }

  private static boolean isUnresolved(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String region() {
    String region = System.getenv("RONDO_REGION");
    return region == null || region.isEmpty() ? "us-east-1" : region;
  }
}
