package rondo.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;

/**
 * Runs a node in a temporary folder for a short time, so that the JVM can record which classes a
 * node loads (JEP 514) and which of its methods are worth compiling (JEP 515). The launcher runs it
 * once after a build.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  /** Takes some seconds, until the code that serves a request has been compiled. */
  private static final int ROUNDS = 1500;

  private static final int OBJECT_BYTES = 4096;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rondo-warm-up");
    try (NodeProcess node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(),
                "--data=" + folder.resolve("data"),
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"))) {
      live(node);
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void live(NodeProcess node) throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      send(client, node, "PUT", "/warm", 0);
      for (int i = 0; i < ROUNDS; i++) {
        send(client, node, "PUT", "/warm/up" + i, OBJECT_BYTES);
        send(client, node, "GET", "/warm/up" + i, 0);
        if (i % 10 == 0) {
          send(client, node, "GET", "/warm", 0);
          send(client, node, "DELETE", "/warm/up" + i, 0);
        }
      }
    }
  }

  private static void send(
      HttpClient client, NodeProcess node, String method, String path, int bytes)
      throws IOException, InterruptedException {
    String host = "127.0.0.1:" + node.s3Port();
    var signer = new RequestSigner(node.root().accessKey(), node.root().secret(), "us-east-1");
    var signed = new SignedRequest(method, path, "", List.of(Map.entry("host", host)));
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]));
    signer.sign(signed, RequestSigner.UNSIGNED_PAYLOAD, Instant.now()).stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> request.header(header.getKey(), header.getValue()));
    int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException(method + " " + path + " got " + status);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
