package rondo.compat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** The AWS SDK for Java against a node in this process; bodies are compared by hash. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("process")
final class SdkTest {
  private static final int LARGE = 21 << 20;

  private NodeProcess node;
  private S3Client s3;
  private S3AsyncClient async;
  private StaticCredentialsProvider credentials;
  private URI endpoint;

  @BeforeAll
  void start(@TempDir Path folder) {
    node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(),
                "--data=" + folder.resolve("data"),
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(node.root().accessKey(), node.root().secret()));
    endpoint = URI.create("http://127.0.0.1:" + node.s3Port());
    s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .build();
    async =
        S3AsyncClient.crtBuilder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .minimumPartSizeInBytes(5L << 20)
            .build();
    s3.createBucket(request -> request.bucket("sdk"));
  }

  @AfterAll
  void stop() {
    async.close();
    s3.close();
    node.close();
  }

  @Test
  void what_the_blocking_client_puts_it_gets() {
    byte[] body = random(1, 5 << 20);
    var put =
        s3.putObject(
            request -> request.bucket("sdk").key("a b/ü+").metadata(Map.of("colour", "blue")),
            RequestBody.fromBytes(body));
    ResponseBytes<?> got = s3.getObjectAsBytes(request -> request.bucket("sdk").key("a b/ü+"));
    assertThat(hash(got.asByteArray())).isEqualTo(hash(body));
    var head = s3.headObject(request -> request.bucket("sdk").key("a b/ü+"));
    assertThat(head.eTag()).isEqualTo(put.eTag());
    assertThat(head.metadata()).isEqualTo(Map.of("colour", "blue"));
  }

  @Test
  void checksums_of_every_algorithm_are_kept() {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.knownValues()) {
      if (Map.of("CRC32", 1, "CRC32C", 1, "CRC64NVME", 1, "SHA1", 1, "SHA256", 1)
          .containsKey(algorithm.toString())) {
        s3.putObject(
            request -> request.bucket("sdk").key("sum").checksumAlgorithm(algorithm),
            RequestBody.fromBytes(random(2, 70_000)));
        var got =
            s3.getObjectAsBytes(
                request -> request.bucket("sdk").key("sum").checksumMode(ChecksumMode.ENABLED));
        assertThat(hash(got.asByteArray())).isEqualTo(hash(random(2, 70_000)));
      }
    }
  }

  @Test
  void what_the_asynchronous_client_puts_in_parts_it_gets() {
    byte[] body = random(3, LARGE);
    async
        .putObject(request -> request.bucket("sdk").key("async"), AsyncRequestBody.fromBytes(body))
        .join();
    ResponseBytes<?> got =
        async
            .getObject(
                request -> request.bucket("sdk").key("async"), AsyncResponseTransformer.toBytes())
            .join();
    assertThat(hash(got.asByteArray())).isEqualTo(hash(body));
  }

  @Test
  void the_transfer_manager_moves_files(@TempDir Path files) throws Exception {
    Path source = Files.write(files.resolve("source"), random(4, LARGE));
    Path back = files.resolve("back");
    try (var transfers = S3TransferManager.builder().s3Client(async).build()) {
      transfers
          .uploadFile(
              upload -> upload.source(source).putObjectRequest(r -> r.bucket("sdk").key("file")))
          .completionFuture()
          .join();
      transfers
          .downloadFile(download ->
              download.destination(back).getObjectRequest(r -> r.bucket("sdk").key("file")))
          .completionFuture()
          .join();
    }
    assertThat(hash(Files.readAllBytes(back))).isEqualTo(hash(Files.readAllBytes(source)));
  }

  @Test
  void a_presigned_url_can_be_fetched() throws Exception {
    s3.putObject(r -> r.bucket("sdk").key("signed"), RequestBody.fromString("hello"));
    try (S3Presigner presigner = presigner()) {
      var url =
          presigner
              .presignGetObject(p ->
                  p.signatureDuration(Duration.ofMinutes(1))
                      .getObjectRequest(r -> r.bucket("sdk").key("signed")))
              .url();
      try (var stream = url.openStream()) {
        assertThat(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo("hello");
      }
    }
  }

  @Test
  void what_a_presigned_put_says_is_kept_and_judged() throws Exception {
    try (S3Presigner presigner = presigner()) {
      var put =
          presigner.presignPutObject(p ->
              p.signatureDuration(Duration.ofMinutes(1))
                  .putObjectRequest(r ->
                      r.bucket("sdk")
                          .key("signed +%41")
                          .metadata(Map.of("note", "one two"))
                          .tagging("k=v&l=w")
                          .contentType("x/y")
                          .cacheControl("max-age=9")
                          .ifNoneMatch("*")));
      assertThat(send(put.url(), put.signedHeaders(), "one")).isEqualTo(200);
      var head = s3.headObject(r -> r.bucket("sdk").key("signed +%41"));
      assertThat(head.metadata()).isEqualTo(Map.of("note", "one two"));
      assertThat(head.contentType()).isEqualTo("x/y");
      assertThat(head.cacheControl()).isEqualTo("max-age=9");
      assertThat(head.tagCount()).isEqualTo(2);
      assertThat(send(put.url(), put.signedHeaders(), "two")).isEqualTo(412);
    }
  }

  @Test
  void attributes_of_an_object_come_together() {
    s3.putObject(
        r -> r.bucket("sdk").key("told").checksumAlgorithm(ChecksumAlgorithm.SHA256),
        RequestBody.fromString("hello"));
    var told =
        s3.getObjectAttributes(
            r -> r.bucket("sdk").key("told").objectAttributes(ObjectAttributes.knownValues()));
    assertThat(told.objectSize()).isEqualTo(5);
    assertThat(told.storageClassAsString()).isEqualTo("STANDARD");
    assertThat(told.eTag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(told.checksum().checksumSHA256()).isNotNull();
  }

  @Test
  void errors_have_their_codes() {
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("sdk").key("none")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey"));
    assertThatThrownBy(() -> s3.getObjectTorrent(r -> r.bucket("sdk").key("none")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501));
  }

  private S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static int send(URL url, Map<String, List<String>> headers, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(url.toURI()).PUT(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach((name, values) -> {
      if (!name.equalsIgnoreCase("host")) {
        values.forEach(value -> request.header(name, value));
      }
    });
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static byte[] random(long seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
