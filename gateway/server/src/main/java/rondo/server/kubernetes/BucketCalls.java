package rondo.server.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.cli.admin.TrustedCertificates;
import rondo.server.config.StartException;
import rondo.server.storage.RootCredentials;

/**
 * Sends small requests to S3, signed by root. One that fails for the moment is sent again for a
 * minute: all of them may be repeated.
 *
 * @param ca the certificates to trust; null for those that Java trusts
 */
record BucketCalls(URI endpoint, String region, RootCredentials root, @Nullable Path ca) {
  private static final Duration ANSWERED = Duration.ofSeconds(30);
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int REFUSED = 300;
  private static final Pattern MESSAGE =
      Pattern.compile("<Code>([^<]*)</Code>.*?<Message>([^<]*)</Message>", Pattern.DOTALL);

  /**
   * Sends a request that must succeed.
   *
   * @param query such as {@code policy}; empty for none
   * @throws StartException with what S3 says against it
   */
  void must(String method, String bucket, String query, String body) throws InterruptedException {
    HttpResponse<String> answer = send(method, bucket, query, body);
    if (answer.statusCode() >= REFUSED) {
      throw refused(method, bucket, query, answer);
    }
  }

  /** The status of a HEAD of the bucket. */
  int status(String bucket) throws InterruptedException {
    return send("HEAD", bucket, "", "").statusCode();
  }

  private static StartException refused(
      String method, String bucket, String query, HttpResponse<String> answer) {
    Matcher said = MESSAGE.matcher(answer.body());
    return new StartException(
        "S3 refuses %s of the bucket %s%s: %s"
            .formatted(
                method,
                bucket,
                query.isEmpty() ? "" : " (" + query + ")",
                said.find() ? said.group(1) + ", " + said.group(2) : answer.statusCode()));
  }

  private HttpResponse<String> send(String method, String bucket, String query, String body)
      throws InterruptedException {
    long end = System.nanoTime() + SILENT_NANOS;
    try (HttpClient client = client()) {
      while (true) {
        String failure;
        try {
          var answer =
              client.send(
                  signed(method, "/" + bucket, query, body), HttpResponse.BodyHandlers.ofString());
          if (answer.statusCode() < SERVER_ERROR && answer.statusCode() != TOO_MANY) {
            return answer;
          }
          failure = "status " + answer.statusCode();
        } catch (SSLException e) {
          throw new StartException(
              "no TLS with S3 at %s (%s): the certificate has to name that host, or another"
                      .formatted(endpoint, e.getMessage())
                  + " endpoint that it names has to be given",
              e);
        } catch (IOException e) {
          failure = e.toString();
        }
        if (System.nanoTime() > end) {
          throw new StartException("S3 at %s fails: %s".formatted(endpoint, failure));
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private HttpRequest signed(String method, String path, String query, String body) {
    var headers = new ArrayList<>(List.of(Map.entry("host", endpoint.getAuthority())));
    if (!body.isEmpty()) {
      headers.add(Map.entry("content-md5", md5(body)));
    }
    var request = new SignedRequest(method, path, query, headers);
    var signer = new RequestSigner(root.accessKey(), root.secret(), region);
    String hash = Hashes.sha256Hex(body.getBytes(StandardCharsets.UTF_8));
    var builder =
        HttpRequest.newBuilder(endpoint.resolve(path + (query.isEmpty() ? "" : "?" + query)))
            .timeout(ANSWERED)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (Map.Entry<String, String> header : signer.sign(request, hash, Instant.now())) {
      if (!header.getKey().equals("host")) {
        builder.header(header.getKey(), header.getValue());
      }
    }
    return builder.build();
  }

  /** S3 asks for it with some documents. */
  private static String md5(String body) {
    try {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private HttpClient client() {
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(4));
    if (ca != null) {
      client.sslContext(TrustedCertificates.of(ca));
    }
    return client.version(HttpClient.Version.HTTP_1_1).build();
  }
}
