package rondo.server.cli.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
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
 * Calls a node's admin API as root, or as a user with a role. Holds the options that such commands
 * share.
 */
public final class AdminClient {
  private static final Duration CONNECTED = Duration.ofSeconds(10);

  /** Makes every request another one; signed like all headers. */
  private static final String NONCE = "x-rondo-nonce";

  /** Long enough for a node that has to count millions of rows first. */
  private static final Duration ANSWERED = Duration.ofMinutes(10);

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9001",
      description = "A node's admin port. Default: ${DEFAULT-VALUE}")
  HostPort admin = new HostPort("", 0);

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "The certificates (PEM) that vouch for the node's: the admin port is asked over TLS."
              + " Without it, one of this machine is asked over plain HTTP, and any other over TLS,"
              + " by the certificates that Java trusts.")
  @Nullable Path ca;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      defaultValue = "./rondo-data/root-credentials",
      description =
          "The credentials of root or of a user with a role, access_key=... and secret_key=...,"
              + " unless RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY are set. Default:"
              + " ${DEFAULT-VALUE}")
  Path credentials = Path.of("");

  /**
   * Calls the admin API; returns the answer's text.
   *
   * @param target a path, perhaps with a query, percent-encoded
   */
  public String call(String method, String target, String body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    RootCredentials root = root();
    var signer = new RequestSigner(root.accessKey(), root.secret(), region(), AuthSettings.ADMIN);
    // Two equal commands in one second are two requests, and the node takes a request once.
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("host", admin.toString()), Map.entry(NONCE, UUID.randomUUID().toString()));
    var request = new SignedRequest(method, path, query, headers);
    String hash = Hashes.sha256Hex(body.getBytes(StandardCharsets.UTF_8));
    var builder =
        HttpRequest.newBuilder(URI.create(scheme() + "://" + admin + target))
            .timeout(ANSWERED)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (Map.Entry<String, String> header : signer.sign(request, hash, Instant.now())) {
      if (!header.getKey().equals("host")) {
        builder.header(header.getKey(), header.getValue());
      }
    }
    probe();
    return send(builder.build());
  }

  /** Asks for a page that needs no credentials; returns its text. */
  String ask(String path) {
    URI page = URI.create(scheme() + "://" + admin + path);
    probe();
    return send(HttpRequest.newBuilder(page).timeout(CONNECTED).build());
  }

  /** Finds out soon whether anything answers there: some commands take minutes. */
  private void probe() {
    URI live = URI.create(scheme() + "://" + admin + "/health/live");
    try (var client = client()) {
      client.send(
          HttpRequest.newBuilder(live).timeout(CONNECTED).build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (HttpConnectTimeoutException e) {
      throw unreachable(e);
    } catch (HttpTimeoutException e) {
      throw new StartException(
          "the node at "
              + admin
              + " takes connections but answers nothing: its process is stopped, or overloaded",
          e);
    } catch (IOException e) {
      // The request itself says what is wrong.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  private String scheme() {
    return ca == null && admin.isLoopback() ? "http" : "https";
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTED);
    return (ca == null ? builder : builder.sslContext(TrustedCertificates.of(ca))).build();
  }

  private String send(HttpRequest request) {
    try (var client = client()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StartException(error(answer));
      }
      String type = answer.headers().firstValue("content-type").orElse("");
      if (!type.startsWith("application/json") && !type.startsWith("text/plain")) {
        throw new StartException(noAdminPort("an answer of type '" + type + "'"));
      }
      return answer.body();
    } catch (SSLException e) {
      throw new StartException(
          "no TLS with " + admin + " (" + e.getMessage() + "): --ca FILE says what to trust", e);
    } catch (HttpConnectTimeoutException e) {
      throw unreachable(e);
    } catch (HttpTimeoutException e) {
      throw new StartException(
          "no answer from " + admin + " in time: what was asked may go on there, or be done", e);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  private String error(HttpResponse<String> answer) {
    try {
      JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
      return error.asString(answer.body());
    } catch (JacksonException e) {
      return noAdminPort("HTTP " + answer.statusCode());
    }
  }

  private String noAdminPort(String said) {
    return "what answers at %s isn't a node's admin port (%s): it is the one of --admin-listen, 9001 if nothing else was said"
        .formatted(admin, said);
  }

  private StartException unreachable(IOException e) {
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

  private RootCredentials root() {
    String access = System.getenv("RONDO_ROOT_ACCESS_KEY");
    String secret = System.getenv("RONDO_ROOT_SECRET_KEY");
    return access != null && secret != null
        ? new RootCredentials(access, secret)
        : RootCredentials.read(credentials);
  }

  private static String region() {
    String region = System.getenv("RONDO_REGION");
    return region == null || region.isEmpty() ? "us-east-1" : region;
  }
}
