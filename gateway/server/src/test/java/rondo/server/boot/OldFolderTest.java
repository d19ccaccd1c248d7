package rondo.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.cli.option.OptionDefaultsTest;

/**
 * Data folders that an older version wrote open today, with all their contents. {@code
 * old-folders/contents.txt} lists these, and says how they were made.
 */
@Timeout(120)
@Tag("process")
final class OldFolderTest {
  private static final Pattern UPLOAD = Pattern.compile("<UploadId>([^<]+)</UploadId>");
  private static final Pattern VERSION =
      Pattern.compile(
          "<Version><Key>(\\w+)</Key><VersionId>([^<]+)</VersionId><IsLatest>(\\w+)</IsLatest>");

  @TempDir Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A key for {@code Signer}. */
  private record Credentials(String access, String secret) {}

  private record Answer(int status, String body, HttpResponse<byte[]> response) {
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"log", "rocksdb"})
  void a_folder_of_an_older_program_is_read_and_written(String engine) throws Exception {
    unpack(engine);
    Properties facts = facts(engine);
    try (NodeProcess node = start(engine)) {
      checkObjects(node);
      checkSettings(node);
      checkVersions(node);
      checkUsers(node, facts);
      write(node);
    }
    try (NodeProcess node = start(engine)) {
      checkObjects(node);
      checkSettings(node);
      checkUsers(node, facts);
      checkWritten(node);
    }
  }

  private void checkObjects(NodeProcess node) throws Exception {
    assertThat(get(node, "/plain/empty").response().body()).isEmpty();
    Answer small = get(node, "/plain/small");
    assertThat(small.body()).isEqualTo("a small object");
    assertThat(small.header("content-type")).isEqualTo("text/plain");
    assertThat(small.header("x-amz-meta-colour")).isEqualTo("red");
    assertThat(get(node, "/plain/small?tagging").body()).contains("<Key>kind</Key>", "test");
    assertThat(get(node, "/plain/folder/large").response().body())
        .isEqualTo(large("large", 100_000));
    assertThat(get(node, "/plain/folder/copy").response().body())
        .isEqualTo(large("large", 100_000));
    assertThat(get(node, "/plain/assembled").response().body())
        .isEqualTo(large("assembled", 40_000));
    assertThat(root(node, "GET", "/plain/removed", "").status()).isEqualTo(404);
    Answer sealed = get(node, "/plain/sse-s3");
    assertThat(sealed.body()).isEqualTo("sealed by the store");
    assertThat(sealed.header("x-amz-server-side-encryption")).isEqualTo("AES256");
    assertThat(root(node, "GET", "/plain/sse-c", "", customerKey()).body())
        .isEqualTo("sealed by the client");
    assertThat(root(node, "GET", "/plain/sse-c", "").status()).isEqualTo(400);
    assertThat(get(node, "/churn/again").body()).isEqualTo("the last");
    assertThat(get(node, "/churn/behind").body()).isEqualTo("behind the checkpoint");
    assertThat(get(node, "/plain?list-type=2&delimiter=%2F").body())
        .contains("<Prefix>folder/</Prefix>", "<Key>assembled</Key>", "<Key>sse-s3</Key>")
        .doesNotContain("removed");
  }

  private void checkSettings(NodeProcess node) throws Exception {
    assertThat(get(node, "/").body())
        .contains("<Name>plain<", "<Name>versioned<", "<Name>open<", "<Name>churn<");
    assertThat(get(node, "/plain?policy").body()).contains("arn:aws:s3:::plain/folder/*");
    assertThat(get(node, "/plain?lifecycle").body()).contains("<Prefix>never/</Prefix>");
    assertThat(get(node, "/plain?tagging").body()).contains("<Key>team</Key>");
    assertThat(get(node, "/versioned?versioning").body()).contains("Enabled");
    assertThat(get(node, "/versioned?object-lock").body()).contains("Enabled");
    assertThat(get(node, "/open/public?acl").body()).contains("AllUsers", "READ");
    assertThat(call(node, null, "GET", "/open/public", "", List.of()).body()).isEqualTo("for all");
  }

  private void checkVersions(NodeProcess node) throws Exception {
    assertThat(get(node, "/versioned/twice").body()).isEqualTo("second");
    assertThat(root(node, "GET", "/versioned/twice?versionId=" + version(node, "twice", false), ""))
        .extracting(Answer::body)
        .isEqualTo("first");
    Answer marked = root(node, "GET", "/versioned/marked", "");
    assertThat(marked.status()).isEqualTo(404);
    assertThat(marked.header("x-amz-delete-marker")).isEqualTo("true");
    String behind = version(node, "marked", false);
    assertThat(get(node, "/versioned/marked?versionId=" + behind).body())
        .isEqualTo("behind a delete marker");
    String locked = "/versioned/locked?versionId=" + version(node, "locked", true);
    assertThat(get(node, "/versioned/locked?retention").body())
        .contains("GOVERNANCE", "2099-01-01");
    assertThat(get(node, "/versioned/locked?legal-hold").body()).contains("ON");
    assertThat(root(node, "DELETE", locked, "").status()).isEqualTo(403);
    assertThat(get(node, locked).body()).isEqualTo("held");
  }

  private void checkUsers(NodeProcess node, Properties facts) throws Exception {
    Credentials alice = credentials(facts, "alice");
    Credentials bob = credentials(facts, "bob");
    assertThat(call(node, alice, "GET", "/plain/folder/large", "", List.of()).status())
        .isEqualTo(200);
    for (Answer refused :
        List.of(
            call(node, alice, "GET", "/plain/small", "", List.of()),
            call(node, bob, "GET", "/plain/folder/large", "", List.of()))) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("<Code>AccessDenied</Code>");
    }
  }

  private void write(NodeProcess node) throws Exception {
    assertThat(root(node, "PUT", "/plain/new", "written today").status()).isEqualTo(200);
    assertThat(root(node, "PUT", "/versioned/twice", "third").status()).isEqualTo(200);
    assertThat(root(node, "DELETE", "/plain/folder/copy", "").status()).isEqualTo(204);
    assertThat(root(node, "PUT", "/plain/folder/copy", "", copyOf("/plain/folder/large")).status())
        .isEqualTo(200);
    String upload = found(UPLOAD, get(node, "/plain?uploads").body());
    Answer part = root(node, "GET", "/plain/pending?uploadId=" + upload, "");
    String etag = found(Pattern.compile("<ETag>([^<]+)</ETag>"), part.body());
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>";
    Answer completed = root(node, "POST", "/plain/pending?uploadId=" + upload, parts);
    assertThat(completed.body()).contains("<CompleteMultipartUploadResult");
  }

  private void checkWritten(NodeProcess node) throws Exception {
    assertThat(get(node, "/plain/new").body()).isEqualTo("written today");
    assertThat(get(node, "/plain/pending").body()).isEqualTo("the only part");
    assertThat(get(node, "/versioned/twice").body()).isEqualTo("third");
    assertThat(VERSION.matcher(get(node, "/versioned?versions").body()).results()).hasSize(5);
  }

  private String version(NodeProcess node, String key, boolean latest) throws Exception {
    return VERSION
        .matcher(get(node, "/versioned?versions").body())
        .results()
        .filter(one -> one.group(1).equals(key))
        .filter(one -> one.group(3).equals(String.valueOf(latest)))
        .map(one -> one.group(2))
        .findFirst()
        .orElseThrow();
  }

  private static String found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(one -> one.group(1)).findFirst().orElseThrow();
  }

  private static List<Map.Entry<String, String>> copyOf(String source) {
    return List.of(Map.entry("x-amz-copy-source", source));
  }

  /**
   * The headers of the customer's key of SSE-C: 32 bytes of one. They pretend that a proxy received
   * the request over TLS.
   */
  private static List<Map.Entry<String, String>> customerKey() throws GeneralSecurityException {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 1);
    String name = "x-amz-server-side-encryption-customer-";
    Base64.Encoder base64 = Base64.getEncoder();
    return List.of(
        Map.entry("x-forwarded-proto", "https"),
        Map.entry(name + "algorithm", "AES256"),
        Map.entry(name + "key", base64.encodeToString(key)),
        Map.entry(
            name + "key-md5", base64.encodeToString(MessageDigest.getInstance("MD5").digest(key))));
  }

  /** Incompressible bytes: the SHA-256 of the seed and a counter, again and again. */
  private static byte[] large(String seed, int size) throws GeneralSecurityException {
    var sha = MessageDigest.getInstance("SHA-256");
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; bytes.size() < size; i++) {
      bytes.writeBytes(sha.digest((seed + i).getBytes(StandardCharsets.UTF_8)));
    }
    return Arrays.copyOf(bytes.toByteArray(), size);
  }

  private static Credentials credentials(Properties facts, String user) {
    return new Credentials(
        facts.getProperty(user + ".access-key"), facts.getProperty(user + ".secret-key"));
  }

  private Answer get(NodeProcess node, String path) throws Exception {
    Answer answer = root(node, "GET", path, "");
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer;
  }

  private Answer root(NodeProcess node, String method, String path, String body) throws Exception {
    return root(node, method, path, body, List.of());
  }

  private Answer root(
      NodeProcess node,
      String method,
      String path,
      String body,
      List<Map.Entry<String, String>> headers)
      throws Exception {
    var root = new Credentials(node.root().accessKey(), node.root().secret());
    return call(node, root, method, path, body, headers);
  }

  /**
   * Calls S3.
   *
   * @param by signs the request; null for an anonymous one
   */
  private Answer call(
      NodeProcess node,
      @Nullable Credentials by,
      String method,
      String path,
      String body,
      List<Map.Entry<String, String>> more)
      throws IOException, InterruptedException {
    String host = "127.0.0.1:" + node.s3Port();
    URI uri = URI.create("http://" + host + path);
    var builder =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
    var headers = new ArrayList<>(more);
    headers.add(Map.entry("host", host));
    String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
    var request = new SignedRequest(method, uri.getRawPath(), query, headers);
    var sent =
        by == null
            ? headers
            : new RequestSigner(by.access(), by.secret(), "us-east-1")
                .sign(request, RequestSigner.UNSIGNED_PAYLOAD, Instant.now());
    sent.stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> builder.header(header.getKey(), header.getValue()));
    var response = client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
  }

  private NodeProcess start(String engine) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", folder.toString(), "--engine", engine));
    arguments.addAll(List.of("--durability", "none"));
    for (String port : List.of("--s3-listen", "--admin-listen", "--node-listen")) {
      arguments.addAll(List.of(port, "127.0.0.1:0"));
    }
    NodeProcess node = NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
    while (!node.trouble().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return node;
  }

  private void unpack(String engine) throws IOException {
    try (var zip = new ZipInputStream(resource(engine + ".zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.copy(zip, path);
        }
      }
    }
  }

  private static Properties facts(String engine) throws IOException {
    var facts = new Properties();
    try (InputStream in = resource(engine + ".properties")) {
      facts.load(in);
    }
    return facts;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(OldFolderTest.class.getResourceAsStream("/old-folders/" + name));
  }
}
