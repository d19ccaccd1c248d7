package rondo.server.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Posts lines to a URL as {@code application/x-ndjson}; any answer of the 200s takes them. It
 * follows no redirect. Thread-safe.
 *
 * @param token a file with a bearer token, read for each request; null for none
 */
record HttpCollector(URI url, @Nullable Path token, Duration patience, HttpClient client)
    implements AuditWebhook.Collector {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int GOOD = 2;
  private static final int HUNDRED = 100;

  HttpCollector(URI url, @Nullable Path token) {
    this(
        url,
        token,
        PATIENCE,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build());
  }

  @Override
  public String send(byte[] lines) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url)
              .timeout(patience)
              .header("content-type", "application/x-ndjson")
              .POST(HttpRequest.BodyPublishers.ofByteArray(lines));
      if (token != null) {
        request.header("authorization", "Bearer " + Files.readString(token).strip());
      }
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / HUNDRED == GOOD ? "" : "it answers " + status;
    } catch (IOException | IllegalArgumentException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
