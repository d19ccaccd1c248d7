package rondo.gateway.boot;

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
import rondo.gateway.auth.SignedRequest;
import rondo.gateway.auth.Signer;

/**
 * A short life of a node in a temporary folder, so that the JVM can remember which classes a node
 * loads (JEP 514). The launcher runs it once after a build.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rondo-warm-up");
    try (NodeProcess node =
        NodeProcess.start(
            Configuration.of(
                Map.of(),
                "--data=" + folder.resolve("data"),
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"))) {
      for (String call :
          List.of("PUT /warm", "PUT /warm/up", "GET /warm/up", "GET /warm", "DELETE /warm/up")) {
        send(node, call.substring(0, call.indexOf(' ')), call.substring(call.indexOf(' ') + 1));
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void send(NodeProcess node, String method, String path)
      throws IOException, InterruptedException {
    String host = "127.0.0.1:" + node.s3Port();
    var signer = new Signer(node.root().accessKey(), node.root().secret(), "us-east-1");
    var signed = new SignedRequest(method, path, "", List.of(Map.entry("host", host)));
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(method, HttpRequest.BodyPublishers.ofString(""));
    signer.sign(signed, Signer.UNSIGNED_PAYLOAD, Instant.now()).stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> request.header(header.getKey(), header.getValue()));
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      client.send(request.build(), HttpResponse.BodyHandlers.discarding());
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
