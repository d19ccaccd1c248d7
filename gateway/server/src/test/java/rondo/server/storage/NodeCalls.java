package rondo.server.storage;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;

/** Requests to a node of this machine, signed by root. */
public final class NodeCalls {
  private NodeCalls() {}

  /** Flags by which a node joins through another one. */
  public static List<String> joining(NodeProcess through, Path token) {
    return List.of("--join", "127.0.0.1:" + through.nodePort(), "--token-file", token.toString());
  }

  /** Copies a folder, also one that a node uses. */
  public static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        try {
          Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
          // The node has replaced the file meanwhile.
        }
      }
    }
  }

  /**
   * A free port for a node that is started again at it: below those that systems give to the
   * connections of clients, which might have it meanwhile.
   */
  static int lastingPort() throws IOException {
    var chance = new SplittableRandom();
    while (true) {
      int port = chance.nextInt(10_000, 26_000);
      try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException e) {
        // Another program has it.
      }
    }
  }

  /** Calls S3; returns its status and body, with a space between. The body isn't signed. */
  public static String s3(NodeProcess node, String method, String path, String body)
      throws IOException, InterruptedException {
    return s3(node, method, path, body, List.of());
  }

  /**
   * Calls S3; returns its status and body, with a space between. The body isn't signed.
   *
   * @param more further headers, which are sent and signed
   */
  public static String s3(
      NodeProcess node,
      String method,
      String path,
      String body,
      List<Map.Entry<String, String>> more)
      throws IOException, InterruptedException {
    return call(node, node.s3Port(), method, path, body, RequestSigner.UNSIGNED_PAYLOAD, more);
  }

  /** Calls the admin port; returns the body alone. */
  static String admin(NodeProcess node, String method, String path, String body)
      throws IOException, InterruptedException {
    String answer = call(node, node.adminPort(), method, path, body);
    return answer.substring(answer.indexOf(' ') + 1);
  }

  /** Calls a port; returns its status and body, with a space between. The body is signed. */
  public static String call(NodeProcess node, int port, String method, String path, String body)
      throws IOException, InterruptedException {
    String hash = Hashes.sha256Hex(body.getBytes(StandardCharsets.UTF_8));
    return call(node, port, method, path, body, hash, List.of());
  }

  private static String call(
      NodeProcess node,
      int port,
      String method,
      String path,
      String body,
      String hash,
      List<Map.Entry<String, String>> more)
      throws IOException, InterruptedException {
    RootCredentials root = node.root();
    String host = "127.0.0.1:" + port;
    String service = port == node.adminPort() ? AuthSettings.ADMIN : AuthSettings.S3;
    var signer = new RequestSigner(root.accessKey(), root.secret(), "us-east-1", service);
    int mark = path.indexOf('?');
    String query = mark < 0 ? "" : path.substring(mark + 1);
    String bare = mark < 0 ? path : path.substring(0, mark);
    var headers = new ArrayList<>(more);
    headers.add(Map.entry("host", host));
    headers.add(Map.entry("x-rondo-nonce", UUID.randomUUID().toString()));
    var request = new SignedRequest(method, bare, query, headers);
    var builder =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    signer.sign(request, hash, Instant.now()).stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> builder.header(header.getKey(), header.getValue()));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var response = client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
      return (response.statusCode() + " " + response.body()).strip();
    }
  }
}
