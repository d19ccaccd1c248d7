package rondo.server.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.s3.crypt.MasterKeys;
import rondo.server.cli.option.OptionDefaultsTest;
import rondo.server.storage.JoinToken;
import rondo.server.storage.RootCredentials;
import rondo.store.transport.Authority;

/** How nodes come by the secrets of their cluster, and how root's keys are replaced. */
@Timeout(180)
@Tag("process")
final class ClusterSecretsTest {
  private static final String MASTER_KEYS = "master-keys";

  @TempDir Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void root_s_keys_rotate_with_an_overlap() throws Exception {
    RootCredentials old;
    RootCredentials fresh = RootCredentials.random();
    try (NodeProcess first = start("one", Map.of());
        NodeProcess second = start("two", Map.of(), joining(first, token("one")))) {
      old = first.root();
      assertThat(statuses(first, old)).isEqualTo("200 200");
      assertThat(statuses(second, old)).isEqualTo("200 200");
      assertThat(statuses(first, fresh)).isEqualTo("403 403");
      append("one", fresh.text());
      append("two", fresh.text());
      for (NodeProcess node : List.of(first, second)) {
        await(node, fresh, "200 200");
        assertThat(statuses(node, old)).isEqualTo("200 200");
        assertThat(node.root()).isEqualTo(fresh);
      }
      replace("one", fresh.text());
      replace("two", fresh.text());
      for (NodeProcess node : List.of(first, second)) {
        await(node, old, "403 403");
        assertThat(statuses(node, fresh)).isEqualTo("200 200");
      }
      try (NodeProcess third = start("three", Map.of(), joining(first, token("one")))) {
        assertThat(statuses(third, fresh)).as("joined later").isEqualTo("200 200");
        assertThat(statuses(third, old)).isEqualTo("403 403");
      }
    }
    try (NodeProcess first = start("one", Map.of(), List.of())) {
      assertThat(first.root()).isEqualTo(fresh);
    }
  }

  @Test
  void the_environment_names_an_older_key_beside_root_s() throws Exception {
    RootCredentials old = RootCredentials.random();
    RootCredentials fresh = RootCredentials.random();
    var both =
        Map.of(
            "RONDO_ROOT_ACCESS_KEY",
            fresh.accessKey(),
            "RONDO_ROOT_SECRET_KEY",
            fresh.secret(),
            "RONDO_ROOT_OLDER_ACCESS_KEY",
            old.accessKey(),
            "RONDO_ROOT_OLDER_SECRET_KEY",
            old.secret());
    try (NodeProcess node = start("one", both)) {
      assertThat(node.root()).isEqualTo(fresh);
      assertThat(statuses(node, fresh)).isEqualTo("200 200");
      assertThat(statuses(node, old)).isEqualTo("200 200");
    }
  }

  @Test
  void a_new_cluster_has_three_secrets_none_of_which_follows_from_another() throws Exception {
    try (NodeProcess first = start("one", Map.of());
        NodeProcess second = start("two", Map.of(), joining(first, token("one")))) {
      byte[] key = key(Files.readString(token("one")));
      String masterKeys = Files.readString(data("one").resolve(MASTER_KEYS));
      assertThat(masterKeys).isNotEqualTo(MasterKeys.derivedFile(key));
      assertThat(Files.readString(data("two").resolve(MASTER_KEYS))).isEqualTo(masterKeys);
      assertThat(first.root().accessKey()).isNotEqualTo("RONDO" + derivedAccessKey(key));
      assertThat(second.root()).isEqualTo(first.root());
      checkEncrypted(first, second);
    }
    for (String name : List.of(MASTER_KEYS, RootCredentials.FILE, JoinToken.FILE)) {
      assertThat(Files.getPosixFilePermissions(data("one").resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void a_cluster_with_a_token_of_older_versions_goes_on_with_its_keys() throws Exception {
    Path token = Files.writeString(folder.resolve("old-token"), Authority.create().token());
    byte[] key = key(Files.readString(token));
    var founding = List.of("--token-file", token.toString());
    try (NodeProcess first = start("one", Map.of(), founding);
        NodeProcess second = start("two", Map.of(), joining(first, token))) {
      for (String name : List.of("one", "two")) {
        assertThat(Files.readString(data(name).resolve(MASTER_KEYS)))
            .isEqualTo(MasterKeys.derivedFile(key));
      }
      assertThat(first.root().accessKey()).isEqualTo("RONDO" + derivedAccessKey(key));
      assertThat(second.root()).isEqualTo(first.root());
      checkEncrypted(first, second);
    }
    assertThat(Files.readString(token("one"))).isEqualTo(Files.readString(token));
  }

  private void checkEncrypted(NodeProcess first, NodeProcess second) throws Exception {
    assertThat(call(first, first.root(), "PUT", "/bucket1", "").statusCode()).isEqualTo(200);
    assertThat(call(first, first.root(), "PUT", "/bucket1/key", "sealed").statusCode())
        .isEqualTo(200);
    HttpResponse<String> read = call(second, second.root(), "GET", "/bucket1/key", "");
    assertThat(read.body()).isEqualTo("sealed");
    assertThat(read.headers().firstValue("x-amz-server-side-encryption")).contains("AES256");
  }

  private static byte[] key(String token) {
    String authority = token.replaceAll("(?s).*-----END RONDO[A-Z ]+-----", "");
    return Objects.requireNonNull(Authority.parse(authority).key()).getEncoded();
  }

  /** As versions did that had one secret alone. */
  private static String derivedAccessKey(byte[] key) {
    byte[] mac = Hashes.hmacSha256(key, "root access key".getBytes(UTF_8));
    return new Base32().encodeToString(mac).substring(0, 15);
  }

  private Path data(String name) {
    return folder.resolve(name);
  }

  private Path token(String name) {
    return data(name).resolve(JoinToken.FILE);
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(data(name).resolve(RootCredentials.FILE), text, StandardOpenOption.APPEND);
  }

  private void replace(String name, String text) throws IOException {
    Files.writeString(data(name).resolve(RootCredentials.FILE), text);
  }

  private static List<String> joining(NodeProcess first, Path token) {
    return List.of("--join", "127.0.0.1:" + first.nodePort(), "--token-file", token.toString());
  }

  private NodeProcess start(String name, Map<String, String> environment) {
    return start(name, environment, List.of());
  }

  private NodeProcess start(String name, Map<String, String> environment, List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", data(name).toString(), "--durability", "none"));
    for (String port : List.of("--s3-listen", "--admin-listen", "--node-listen")) {
      arguments.addAll(List.of(port, "127.0.0.1:0"));
    }
    arguments.addAll(more);
    NodeProcess node = NodeProcess.start(OptionDefaultsTest.read(environment, arguments));
    while (!node.trouble().isEmpty()) {
      pause();
    }
    return node;
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  private void await(NodeProcess node, RootCredentials by, String statuses) throws Exception {
    while (!statuses(node, by).equals(statuses)) {
      pause();
    }
  }

  /** What S3 and the admin API answer to that key. */
  private String statuses(NodeProcess node, RootCredentials by) throws Exception {
    return call(node, by, "GET", "/", "").statusCode()
        + " "
        + send(node.adminPort(), by, AuthSettings.ADMIN, "GET", "/users", "").statusCode();
  }

  private HttpResponse<String> call(
      NodeProcess node, RootCredentials by, String method, String path, String body)
      throws Exception {
    return send(node.s3Port(), by, AuthSettings.S3, method, path, body);
  }

  private HttpResponse<String> send(
      int port, RootCredentials by, String service, String method, String path, String body)
      throws IOException, InterruptedException {
    String host = "127.0.0.1:" + port;
    var signer = new RequestSigner(by.accessKey(), by.secret(), "us-east-1", service);
    var request = new SignedRequest(method, path, "", List.of(Map.entry("host", host)));
    var builder =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    String hash = Hashes.sha256Hex(body.getBytes(UTF_8));
    signer.sign(request, hash, Instant.now()).stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> builder.header(header.getKey(), header.getValue()));
    return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }
}
