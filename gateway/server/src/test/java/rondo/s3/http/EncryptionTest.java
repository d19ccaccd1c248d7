package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.server.boot.NodeProcess;

/** Server-side encryption on a whole node, in profile aws. */
@Tag("node")
final class EncryptionTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String SSE = "x-amz-server-side-encryption";
  private static final String DUAL = "aws:kms:dsse";
  private static final String KEY_ID = SSE + "-aws-kms-key-id";
  private static final String[] ONE = customer("", 1);
  private static final String[] TWO = customer("", 2);
  private static final byte[] LARGE = random(5_000_077);
  private static final Random RANDOM = new Random(3);

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"));
    client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String[] customer(String prefix, int seed) {
    var key = new byte[32];
    key[0] = (byte) seed;
    byte[] md5 = Hashes.start("MD5").digest(key);
    String name = "x-amz-" + prefix + "server-side-encryption-customer-";
    return new String[] {
      name + "algorithm", "AES256",
      name + "key", Base64.getEncoder().encodeToString(key),
      name + "key-md5", Base64.getEncoder().encodeToString(md5)
    };
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
  }

  private static RawClient.Answer put(String path, byte[] body, String... headers)
      throws IOException {
    RawClient.Answer answer = client.send("PUT", path, body, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private static void assertRead(String path, byte[] body, String... headers) throws IOException {
    assertThat(client.get(path, headers).body()).isEqualTo(Bytes.wrap(body));
    for (int i = 0; i < 8; i++) {
      int from = RANDOM.nextInt(body.length);
      int to = from + RANDOM.nextInt(body.length - from);
      RawClient.Answer part = client.get(path, with(headers, "range", "bytes=" + from + "-" + to));
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Bytes.wrap(Arrays.copyOfRange(body, from, to + 1)));
    }
  }

  private static String md5(byte[] body) {
    return '"' + HexFormat.of().formatHex(Hashes.start("MD5").digest(body)) + '"';
  }

  @Test
  void a_request_without_encryption_headers_is_encrypted_by_the_own_key() throws IOException {
    byte[] small = "here is a plain text that nobody finds on the disk".getBytes(UTF_8);
    byte[] large =
        new String(new char[20_000]).replace("\0", new String(small, UTF_8)).getBytes(UTF_8);
    for (byte[] body : new byte[][] {small, large}) {
      RawClient.Answer answer = put("/bucket/usual", body);
      assertThat(answer.headers()).containsEntry(SSE, "AES256").containsEntry("etag", md5(body));
      RawClient.Answer got = client.get("/bucket/usual");
      assertThat(got.headers()).containsEntry(SSE, "AES256").containsEntry("etag", md5(body));
      assertThat(got.body()).isEqualTo(Bytes.wrap(body));
    }
    assertThat(filesWith("here is a plain text")).isEmpty();
  }

  private static List<Path> filesWith(String text) throws IOException {
    var found = new ArrayList<Path>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
            .contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void an_empty_object_is_encrypted_too() throws IOException {
    put("/bucket/empty", NOTHING, ONE);
    assertThat(client.get("/bucket/empty", ONE).status()).isEqualTo(200);
    assertThat(client.get("/bucket/empty").status()).isEqualTo(400);
  }

  @Test
  void a_customers_key_opens_and_no_other_does() throws IOException {
    for (byte[] body : new byte[][] {random(100), LARGE}) {
      RawClient.Answer answer = put("/bucket/c", body, ONE);
      assertThat(answer.headers())
          .containsEntry(SSE + "-customer-algorithm", "AES256")
          .containsEntry(SSE + "-customer-key-md5", ONE[5])
          .doesNotContainKey(SSE);
      assertThat(answer.headers().get("etag")).isNotEqualTo(md5(body)).hasSize(34);
      assertRead("/bucket/c", body, ONE);
      assertThat(client.get("/bucket/c").status()).isEqualTo(400);
      assertThat(client.get("/bucket/c", TWO).status()).isEqualTo(403);
    }
    put("/bucket/s3", random(10));
    assertThat(client.get("/bucket/s3", ONE).text()).contains("not applicable to this object");
  }

  @Test
  void two_layers_are_read_like_one() throws IOException {
    for (byte[] body : new byte[][] {random(10), random(16_384), random(65_536), LARGE}) {
      RawClient.Answer answer = put("/bucket/dual", body, SSE, DUAL);
      assertThat(answer.headers()).containsEntry(SSE, DUAL).containsEntry(KEY_ID, "aws/s3");
      assertRead("/bucket/dual", body);
    }
    assertThat(client.get("/bucket/dual").headers()).containsEntry(SSE, DUAL);
  }

  @Test
  void a_named_key_is_told_and_an_unknown_one_refused() throws IOException {
    RawClient.Answer answer = put("/bucket/kms", LARGE, SSE, "aws:kms");
    assertThat(answer.headers()).containsEntry(SSE, "aws:kms").containsEntry(KEY_ID, "aws/s3");
    assertThat(answer.headers().get("etag")).isNotEqualTo(md5(LARGE));
    assertRead("/bucket/kms", LARGE);
    for (String key : List.of("no-such-key", "sse-s3")) {
      RawClient.Answer refused =
          client.send("PUT", "/bucket/kms2", NOTHING, SSE, "aws:kms", KEY_ID, key);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("<Code>KMS.NotFoundException</Code>");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-server-side-encryption=aes:kms, InvalidArgument",
    "x-amz-server-side-encryption=aws:kms:dsse|"
        + "x-amz-server-side-encryption-bucket-key-enabled=true, InvalidArgument",
    "x-amz-server-side-encryption=AES256|x-amz-server-side-encryption-aws-kms-key-id=a,"
        + " InvalidArgument",
    "x-amz-server-side-encryption-aws-kms-key-id=a, InvalidArgument",
    "x-amz-server-side-encryption=aws:kms|x-amz-server-side-encryption-context=bm8=,"
        + " InvalidArgument",
    "x-amz-server-side-encryption-customer-algorithm=AES256, InvalidArgument",
    "x-amz-server-side-encryption-customer-algorithm=AES192, InvalidEncryptionAlgorithmError",
    "x-amz-server-side-encryption-customer-key=c2VjcmV0, InvalidArgument",
    "x-amz-server-side-encryption-customer-algorithm=AES256|x-amz-server-side-encryption-customer-key=c2VjcmV0|x-amz-server-side-encryption-customer-key-md5=c2VjcmV0,"
        + " InvalidArgument"
  })
  void headers_that_make_no_sense_are_refused_and_not_repeated(String headers, String code)
      throws IOException {
    String[] pairs = headers.split("[=|]", -1);
    RawClient.Answer answer =
        client.send(
            "PUT", "/bucket/refused", random(3), Arrays.copyOf(pairs, pairs.length / 2 * 2));
    assertThat(answer.text()).contains("<Code>" + code + "</Code>").doesNotContain("c2VjcmV0");
    assertThat(client.get("/bucket/refused").status()).isEqualTo(404);
  }

  @Test
  void a_reader_does_not_choose_the_encryption() throws IOException {
    put("/bucket/read", random(10));
    assertThat(client.get("/bucket/read", SSE, "AES256").status()).isEqualTo(400);
    assertThat(client.get("/bucket/read", SSE, "AES256").text()).contains("InvalidArgument");
  }

  @Test
  void a_complaint_about_a_signature_does_not_tell_the_key() throws IOException {
    String request =
        new String(
                client.signed("PUT", "/bucket/c", NOTHING, ONE),
                java.nio.charset.StandardCharsets.ISO_8859_1)
            .replaceFirst("Signature=....", "Signature=0000");
    RawClient.Answer answer =
        client.exchange(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThat(answer.text())
        .contains("SignatureDoesNotMatch", "customer-key:(hidden)")
        .doesNotContain(ONE[3])
        .doesNotContain(HexFormat.ofDelimiter(" ").formatHex(ONE[3].getBytes(UTF_8)));
  }

  @Test
  void copies_go_between_all_keys() throws IOException {
    var modes =
        List.of(new String[0], new String[] {SSE, "aws:kms"}, new String[] {SSE, DUAL}, ONE, TWO);
    var sources =
        List.of(
            new String[0],
            new String[0],
            new String[0],
            customer("copy-source-", 1),
            customer("copy-source-", 2));
    for (byte[] body : List.of(random(1000), LARGE)) {
      for (int from = 0; from < modes.size(); from++) {
        put("/bucket/from", body, modes.get(from));
        for (int to = 0; to < modes.size(); to++) {
          String[] headers =
              with(modes.get(to), with(sources.get(from), "x-amz-copy-source", "/bucket/from"));
          put("/bucket/to", NOTHING, headers);
          String[] readers = to < 3 ? new String[0] : modes.get(to);
          assertRead("/bucket/to", body, readers);
          String encrypted = to == 0 ? "AES256" : to == 1 ? "aws:kms" : to == 2 ? DUAL : null;
          assertThat(client.get("/bucket/to", readers).headers().get(SSE)).isEqualTo(encrypted);
        }
      }
    }
    assertThat(
            client.send("PUT", "/bucket/to", NOTHING, "x-amz-copy-source", "/bucket/from").status())
        .isEqualTo(400);
  }

  @Test
  void an_object_gets_another_key_in_its_place() throws IOException {
    put("/bucket/itself", LARGE);
    String source = "/bucket/itself";
    assertThat(client.send("PUT", source, NOTHING, "x-amz-copy-source", source).status())
        .isEqualTo(400);
    put(source, NOTHING, with(ONE, "x-amz-copy-source", source));
    assertRead(source, LARGE, ONE);
    put(source, NOTHING, with(ONE, with(customer("copy-source-", 1), "x-amz-copy-source", source)));
    assertRead(source, LARGE, ONE);
  }

  @Test
  void parts_are_encrypted_each_on_its_own_and_read_as_one() throws IOException {
    byte[] part = random(5 << 20);
    byte[] last = random(70_000);
    byte[] whole = RawClient.join(RawClient.join(part, part), last);
    for (String method : List.of("aws:kms", DUAL, "customer")) {
      boolean customer = method.equals("customer");
      String[] mode = customer ? ONE : new String[] {SSE, method};
      String[] key = customer ? ONE : new String[0];
      String begun = client.send("POST", "/bucket/parts?uploads=", NOTHING, mode).text();
      String id = begun.substring(begun.indexOf("<UploadId>") + 10, begun.indexOf("</UploadId>"));
      put("/bucket/from", part, SSE, "AES256");
      String at = "/bucket/parts?partNumber=%d&uploadId=" + id;
      if (customer) {
        assertThat(client.send("PUT", at.formatted(1), part).status()).isEqualTo(400);
        assertThat(client.send("PUT", at.formatted(1), part, TWO).status()).isEqualTo(400);
      }
      String first = etag(put(at.formatted(1), part, key).headers().get("etag"));
      String copied =
          put(at.formatted(2), NOTHING, with(key, "x-amz-copy-source", "/bucket/from")).text();
      String second = copied.substring(copied.indexOf("<ETag>") + 6, copied.indexOf("</ETag>"));
      String third = etag(put(at.formatted(3), last, key).headers().get("etag"));
      String list = "<CompleteMultipartUpload>";
      int number = 1;
      for (String etag : List.of(first, second, third)) {
        list += "<Part><PartNumber>" + number++ + "</PartNumber><ETag>" + etag + "</ETag></Part>";
      }
      RawClient.Answer done =
          client.send(
              "POST",
              "/bucket/parts?uploadId=" + id,
              (list + "</CompleteMultipartUpload>").getBytes(UTF_8));
      assertThat(done.status()).as(done.text()).isEqualTo(200);
      assertRead("/bucket/parts", whole, key);
      RawClient.Answer border =
          client.get("/bucket/parts", with(key, "range", "bytes=5242870-5242889"));
      assertThat(border.body())
          .isEqualTo(Bytes.wrap(Arrays.copyOfRange(whole, 5_242_870, 5_242_890)));
    }
  }

  private static String etag(@Nullable String header) {
    return Objects.requireNonNull(header).replace("\"", "&quot;");
  }

  @Test
  void a_buckets_default_is_set_told_and_taken_back() throws IOException {
    put("/defaults", NOTHING);
    assertThat(client.get("/defaults?encryption=").text()).contains("<SSEAlgorithm>AES256<");
    setDefault(
        "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
            + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled>"
            + "<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>",
        200);
    assertThat(client.get("/defaults?encryption=").text())
        .contains("<SSEAlgorithm>aws:kms<", "<BucketKeyEnabled>true<", "<EncryptionType>SSE-C<");
    assertThat(put("/defaults/a", random(9)).headers())
        .containsEntry(SSE, "aws:kms")
        .containsEntry(SSE + "-bucket-key-enabled", "true");
    assertThat(put("/defaults/a", random(9), SSE, "AES256").headers()).containsEntry(SSE, "AES256");
    assertThat(client.send("PUT", "/defaults/a", random(9), ONE).status()).isEqualTo(403);
    setDefault(
        "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
            + "<KMSMasterKeyID>a</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>",
        400);
    setDefault(
        "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>DES</SSEAlgorithm>"
            + "</ApplyServerSideEncryptionByDefault>",
        400);
    setDefault("<Other/>", 400);
    assertThat(client.send("DELETE", "/defaults?encryption=", NOTHING).status()).isEqualTo(204);
    assertThat(client.get("/defaults?encryption=").text()).contains("<SSEAlgorithm>AES256<");
  }

  private static void setDefault(String rule, int status) throws IOException {
    byte[] body =
        ("<ServerSideEncryptionConfiguration><Rule>"
                + rule
                + "</Rule></ServerSideEncryptionConfiguration>")
            .getBytes(UTF_8);
    String md5 = Base64.getEncoder().encodeToString(Hashes.start("MD5").digest(body));
    assertThat(client.send("PUT", "/defaults?encryption=", body, "content-md5", md5).status())
        .isEqualTo(status);
  }

  @Test
  void a_new_master_key_leaves_older_objects_readable() throws IOException {
    Path data = folder.resolve("rotated");
    try (NodeProcess before = TestNode.start(data)) {
      var old = new RawClient(before.s3Port());
      assertThat(old.send("PUT", "/rotated", NOTHING).status()).isEqualTo(200);
      assertThat(old.send("PUT", "/rotated/old", LARGE).status()).isEqualTo(200);
    }
    Path file = folder.resolve("keys");
    Files.writeString(file, "sse-s3=" + ONE[3] + "\nmine=" + TWO[3] + "\n");
    try (NodeProcess after = TestNode.start(data, "--master-keys=" + file)) {
      var fresh = new RawClient(after.s3Port());
      assertThat(fresh.get("/rotated/old").body()).isEqualTo(Bytes.wrap(LARGE));
      assertThat(fresh.send("PUT", "/rotated/new", LARGE, SSE, "aws:kms", KEY_ID, "mine").status())
          .isEqualTo(200);
      assertThat(fresh.get("/rotated/new").body()).isEqualTo(Bytes.wrap(LARGE));
    }
  }

  @Test
  void changed_bytes_on_the_disk_are_never_given_out() throws IOException {
    Path data = folder.resolve("tampered");
    try (NodeProcess node = TestNode.start(data)) {
      var one = new RawClient(node.s3Port());
      assertThat(one.send("PUT", "/tampered", NOTHING).status()).isEqualTo(200);
      assertThat(one.send("PUT", "/tampered/a", LARGE).status()).isEqualTo(200);
      Path extent;
      try (Stream<Path> files = Files.walk(data.resolve("extents"))) {
        extent =
            files
                .filter(Files::isRegularFile)
                .max(java.util.Comparator.comparingLong(f -> f.toFile().length()))
                .orElseThrow();
      }
      byte[] bytes = Files.readAllBytes(extent);
      for (int i = 3_000_000; i < 3_000_010; i++) {
        bytes[i]++;
      }
      Files.write(extent, bytes);
      try {
        RawClient.Answer answer = one.get("/tampered/a");
        int count = answer.body().length();
        assertThat(answer.status() != 200 || count < LARGE.length).isTrue();
        if (answer.status() == 200) {
          assertThat(answer.body()).isEqualTo(Bytes.wrap(Arrays.copyOf(LARGE, count)));
        }
      } catch (IOException closed) {
        assertThat(closed).hasMessageContaining("closed");
      }
    }
  }
}
