package rondo.server.backup.file;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;

/**
 * Sends signed requests to one S3 endpoint, by paths and not by names of hosts. A request without
 * an answer, or with one that says that it may be tried again, is sent some times more. The hash of
 * every body is signed, so that an endpoint takes no other bytes. Thread-safe; blocks.
 */
final class S3Calls {
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Duration CONNECTED = Duration.ofSeconds(10);

  /** A file of 4 MiB takes so long over 70 KB/s. */
  private static final Duration ANSWERED = Duration.ofSeconds(60);

  /** A file of a backup has a few MiB, its manifest up to some tens. */
  private static final long MOST_BYTES = 256L << 20;

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");

  private final URI endpoint;
  private final S3Access access;
  private final RequestSigner signer;
  private final Tasks tasks;
  private final Time time;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECTED)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @throws BackupException when the endpoint's address isn't one
   */
  S3Calls(S3Access access, Tasks tasks, Time time) {
    String region = access.region().isEmpty() ? "us-east-1" : access.region();
    this.endpoint = endpoint(access.endpoint(), region);
    this.access = access;
    this.signer = new RequestSigner(access.accessKey(), access.secretKey(), region);
    this.tasks = tasks;
    this.time = time;
  }

  private static URI endpoint(String text, String region) {
    URI uri = address(text.isEmpty() ? "https://s3.%s.amazonaws.com".formatted(region) : text);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
    if (!http || uri.getHost() == null || !bare || uri.getRawQuery() != null) {
      throw new BackupException(
          "an endpoint is an address such as https://s3.example.com:9000, and not " + text);
    }
    return uri;
  }

  private static URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new BackupException(text + " is no address of an endpoint", e);
    }
  }

  /** What an endpoint has answered; the code is S3's name of the error, and empty without one. */
  static final class Answer {
    final int status;
    final String code;
    final byte[] body;

    private Answer(int status, String code, byte[] body) {
      this.status = status;
      this.code = code;
      this.body = body;
    }

    boolean isGood() {
      return status >= 200 && status < 300;
    }

    private boolean isPassing() {
      return status == 429 || status >= 500 || code.equals("RequestTimeout");
    }
  }

  /**
   * Sends a request.
   *
   * @param path percent-encoded, with the bucket
   * @param query percent-encoded; empty: none
   * @throws BackupException when the endpoint gives no answer, or keeps on failing
   */
  Answer send(String method, String path, String query, byte[] body) {
    String why = "";
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        tasks.mailbox().take(time.nanos() + (FIRST_PAUSE_NANOS << i));
      }
      try {
        Answer answer = once(method, path, query, body);
        if (!answer.isPassing()) {
          return answer;
        }
        why = "it answers %d %s".formatted(answer.status, answer.code).strip();
      } catch (IOException e) {
        why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
    }
    throw new BackupException(
        "the S3 endpoint %s fails: %s (asked %d times)".formatted(endpoint, why, TRIES));
  }

  private Answer once(String method, String path, String query, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s://%s%s%s"
                        .formatted(
                            endpoint.getScheme(),
                            endpoint.getRawAuthority(),
                            path,
                            query.isEmpty() ? "" : "?" + query)))
            .timeout(ANSWERED)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, String> header : signed(method, path, query, body)) {
      // The client sends the host by itself, as it is in the address.
      if (!header.getKey().equals("host")) {
        request.header(header.getKey(), header.getValue());
      }
    }
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
      return answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the node is stopping", e);
    }
  }

  private List<Map.Entry<String, String>> signed(
      String method, String path, String query, byte[] body) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("host", endpoint.getRawAuthority()));
    if (!access.sessionToken().isEmpty()) {
      headers.add(Map.entry("x-amz-security-token", access.sessionToken()));
    }
    var request = new SignedRequest(method, path, query, headers);
    return signer.sign(request, Hashes.sha256Hex(body), Instant.now());
  }

  private static Answer answer(int status, byte[] body) {
    if (status < 300) {
      return new Answer(status, "", body);
    }
    Matcher code = CODE.matcher(new String(body, StandardCharsets.UTF_8));
    return new Answer(status, code.find() ? code.group(1) : "", body);
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
