package rondo.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import rondo.server.config.HostPort;

/** Reads a node's metrics. */
final class MetricsReader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private MetricsReader() {}

  /** The metrics by name; empty when the node doesn't answer. */
  static Map<String, Long> read(HostPort admin) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + admin + "/metrics")).timeout(PATIENCE);
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      return parse(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException notYet) {
      return Map.of();
    }
  }

  private static Map<String, Long> parse(String text) {
    var values = new HashMap<String, Long>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      if (space > 0 && line.substring(space + 1).matches("-?[0-9]{1,18}(\\.0)?")) {
        values.put(line.substring(0, space), (long) Double.parseDouble(line.substring(space + 1)));
      }
    }
    return values;
  }
}
