package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.ring.value.Bytes;
import rondo.server.boot.NodeProcess;

/** PutObject at an offset, on a whole node. */
@Tag("node")
final class AppendTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String OFFSET = "x-amz-write-offset-bytes";
  private static final String SSE = "x-amz-server-side-encryption";

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

  private static RawClient.Answer append(String path, long offset, byte[] body, String... headers)
      throws IOException {
    var all = new ArrayList<>(List.of(OFFSET, Long.toString(offset)));
    all.addAll(Arrays.asList(headers));
    return client.send("PUT", path, body, all.toArray(String[]::new));
  }

  private static byte[] body(int size) {
    byte[] body = new byte[size];
    new Random(size).nextBytes(body);
    return body;
  }

  private static String crc32(byte[] body) {
    var crc = new CRC32();
    crc.update(body);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  @ParameterizedTest
  @CsvSource({
    "small, '', 10 20 30 40",
    "grows, '', 10 16370 5 16384 1 100000",
    "large, '', 5000000 1 4194304 7",
    "kms, aws:kms, 10 20000 3 70000"
  })
  void bytes_follow_those_that_are_there(String key, String encryption, String sizes)
      throws IOException {
    var all = new ByteArrayOutputStream();
    String path = "/bucket/" + key;
    int parts = 0;
    for (String size : sizes.split(" ", -1)) {
      byte[] piece = body(Integer.parseInt(size));
      String[] headers = encryption.isEmpty() ? new String[0] : new String[] {SSE, encryption};
      RawClient.Answer answer = append(path, all.size(), piece, headers);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      all.writeBytes(piece);
      parts++;
      if (parts > 1) {
        assertThat(answer.headers())
            .containsEntry("x-amz-object-size", Integer.toString(all.size()));
      }
      RawClient.Answer got = client.get(path, "x-amz-checksum-mode", "ENABLED");
      assertThat(got.body()).isEqualTo(Bytes.wrap(all.toByteArray()));
      assertThat(got.headers().get("etag")).isEqualTo(answer.headers().get("etag"));
      assertThat(got.headers()).containsKey("x-amz-checksum-crc64nvme");
    }
    RawClient.Answer middle = client.get(path, "range", "bytes=9-29");
    assertThat(middle.body()).isEqualTo(Bytes.wrap(Arrays.copyOfRange(all.toByteArray(), 9, 30)));
    RawClient.Answer last = client.get(path + "?partNumber=" + parts);
    assertThat(last.headers()).containsEntry("x-amz-mp-parts-count", Integer.toString(parts));
  }

  @Test
  void the_checksum_is_that_of_the_whole() throws IOException {
    byte[] one = body(20_000);
    byte[] two = body(333);
    append("/bucket/crc", 0, one, "x-amz-checksum-crc32", crc32(one));
    RawClient.Answer answer =
        append("/bucket/crc", one.length, two, "x-amz-checksum-crc32", crc32(two));
    assertThat(answer.headers())
        .containsEntry("x-amz-checksum-crc32", crc32(RawClient.join(one, two)))
        .containsEntry("x-amz-checksum-type", "FULL_OBJECT");
    assertThat(append("/bucket/crc", 20_333, two, "x-amz-checksum-crc32", crc32(one)).status())
        .isEqualTo(400);
    assertThat(client.get("/bucket/crc").body()).isEqualTo(Bytes.wrap(RawClient.join(one, two)));
  }

  @ParameterizedTest
  @CsvSource({
    "3, more, '', '', InvalidWriteOffset",
    "5, more, '', '', InvalidWriteOffset",
    "0, more, '', '', InvalidWriteOffset",
    "-1, more, '', '', InvalidArgument",
    "x, more, '', '', InvalidArgument",
    "4, '', '', '', InvalidRequest",
    "4, more, x-amz-meta-a, b, InvalidRequest",
    "4, more, x-amz-tagging, a=b, InvalidRequest",
    "4, more, x-amz-acl, private, InvalidRequest",
    "4, more, x-amz-server-side-encryption, aws:kms, EncryptionTypeMismatch",
    "4, more, x-amz-checksum-crc32, AAAAAA==, InvalidRequest",
    "4, more, if-none-match, '*', PreconditionFailed",
    "4, more, if-match, other, PreconditionFailed",
    "4, more, content-md5, AAAAAAAAAAAAAAAAAAAAAA==, BadDigest"
  })
  void a_refused_append_changes_nothing(
      String offset, String body, String header, String value, String code) throws IOException {
    assertThat(client.send("PUT", "/bucket/four", "four".getBytes(UTF_8)).status()).isEqualTo(200);
    String[] headers =
        header.isEmpty()
            ? new String[] {OFFSET, offset}
            : new String[] {OFFSET, offset, header, value};
    RawClient.Answer answer = client.send("PUT", "/bucket/four", body.getBytes(UTF_8), headers);
    assertThat(answer.text()).contains("<Code>" + code + "</Code>").doesNotContain("<Resource>");
    assertThat(client.get("/bucket/four").text()).isEqualTo("four");
  }

  @Test
  void nothing_is_begun_behind_its_beginning() throws IOException {
    assertThat(append("/bucket/none", 1, body(5)).text()).contains("InvalidWriteOffset");
    assertThat(client.get("/bucket/none").status()).isEqualTo(404);
  }

  @Test
  void appends_to_a_copy_leave_the_source_alone() throws IOException {
    append("/bucket/copied", 0, body(50_000));
    assertThat(
            client
                .send("PUT", "/bucket/copy", NOTHING, "x-amz-copy-source", "bucket/copied")
                .status())
        .isEqualTo(200);
    assertThat(append("/bucket/copy", 50_000, body(60_000)).status()).isEqualTo(200);
    assertThat(append("/bucket/copied", 50_000, body(3)).status()).isEqualTo(200);
    assertThat(client.send("DELETE", "/bucket/copied", NOTHING).status()).isEqualTo(204);
    assertThat(client.get("/bucket/copy").body())
        .isEqualTo(Bytes.wrap(RawClient.join(body(50_000), body(60_000))));
  }

  @Test
  void versions_are_not_appended_to() throws IOException {
    client.send("PUT", "/versions", NOTHING);
    append("/versions/a", 0, body(5));
    client.send(
        "PUT",
        "/versions?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
            .getBytes(UTF_8));
    assertThat(append("/versions/a", 5, body(5)).status()).isEqualTo(501);
    assertThat(client.get("/versions/a").body()).isEqualTo(Bytes.wrap(body(5)));
  }

  @Test
  void of_many_at_one_place_one_comes_first() throws Exception {
    append("/bucket/race", 0, body(100));
    var all = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 24; i++) {
      byte[] mine = body(20_000 + i);
      all.add(() -> append("/bucket/race", 100, mine).status());
    }
    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(all)) {
        won += status.get() == 200 ? 1 : 0;
        assertThat(status.get()).isIn(200, 400, 409);
      }
    }
    assertThat(won).isEqualTo(1);
    int size = client.get("/bucket/race").body().length() - 100;
    assertThat(client.get("/bucket/race").body())
        .isEqualTo(Bytes.wrap(RawClient.join(body(100), body(size))));
  }
}
