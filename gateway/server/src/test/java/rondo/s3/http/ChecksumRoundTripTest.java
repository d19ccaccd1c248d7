package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.value.Bytes;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.body.RunningChecksum;
import rondo.server.boot.NodeProcess;

/** Every checksum of S3 on its way through every operation that takes or tells it. */
@Tag("node")
final class ChecksumRoundTripTest {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] DATA = bytes(100_000);
  private static final List<byte[]> PARTS = List.of(bytes(5 << 20), bytes(70_000));

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

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String checksum(ChecksumAlgorithm algorithm, byte[]... data) {
    RunningChecksum running = algorithm.start();
    for (byte[] piece : data) {
      running.update(ByteBuffer.wrap(piece));
    }
    return Base64.getEncoder().encodeToString(running.value());
  }

  private static void assertRefused(RawClient.Answer answer, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains("<Code>" + code + "</Code>");
  }

  private static String element(ChecksumAlgorithm algorithm, String value) {
    return "<Checksum%s>%s</Checksum%s>".formatted(algorithm, value, algorithm);
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  /** The object has this checksum, of this type, wherever it is told. */
  private static void assertTold(
      String path, ChecksumAlgorithm algorithm, String value, String type) throws IOException {
    for (String method : List.of("GET", "HEAD")) {
      byte[] request = client.signed(method, path, NOTHING, "x-amz-checksum-mode", "ENABLED");
      RawClient.Answer answer = method.equals("GET") ? client.exchange(request) : head(request);
      assertThat(answer.headers())
          .containsEntry(algorithm.header(), value)
          .containsEntry("x-amz-checksum-type", type);
    }
    assertThat(client.get(path).headers()).doesNotContainKey(algorithm.header());
    String attributes =
        client.get(path + "?attributes", "x-amz-object-attributes", "Checksum").text();
    int dash = value.indexOf('-');
    assertThat(attributes)
        .contains(element(algorithm, dash < 0 ? value : value.substring(0, dash)))
        .contains("<ChecksumType>" + type + "</ChecksumType>");
  }

  private static RawClient.Answer head(byte[] request) throws IOException {
    String text =
        new String(request, ISO_8859_1).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    try (var socket = client.connect()) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      String head = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      byte[] bodiless =
          head.replaceFirst("(?i)content-length: \\d+", "content-length: 0").getBytes(ISO_8859_1);
      return RawClient.read(new java.io.ByteArrayInputStream(bodiless));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_header_is_checked_and_told(ChecksumAlgorithm algorithm) throws IOException {
    String path = "/bucket/header-" + algorithm;
    String right = checksum(algorithm, DATA);
    String header = algorithm.header();
    assertRefused(
        client.send("PUT", path, DATA, header, checksum(algorithm, NOTHING)), "BadDigest");
    for (String none : List.of("", "short", right + "=", right.substring(1), right + right, "?")) {
      assertRefused(client.send("PUT", path, DATA, header, none), "InvalidRequest");
    }
    ChecksumAlgorithm other =
        algorithm == ChecksumAlgorithm.CRC32 ? ChecksumAlgorithm.CRC32C : ChecksumAlgorithm.CRC32;
    assertRefused(
        client.send("PUT", path, DATA, header, right, other.header(), checksum(other, DATA)),
        "InvalidRequest");
    assertRefused(
        client.send("PUT", path, DATA, header, right, "x-amz-sdk-checksum-algorithm", other.name()),
        "InvalidRequest");
    assertThat(client.get(path).status()).isEqualTo(404);
    RawClient.Answer put =
        client.send(
            "PUT", path, DATA, header, right, "x-amz-sdk-checksum-algorithm", algorithm.name());
    assertThat(put.headers()).containsEntry(header, right);
    assertThat(put.headers()).containsEntry("x-amz-checksum-type", "FULL_OBJECT");
    assertTold(path, algorithm, right, "FULL_OBJECT");
  }

  @ParameterizedTest
  @EnumSource
  void a_trailer_is_checked_and_told(ChecksumAlgorithm algorithm) throws IOException {
    String path = "/bucket/trailer-" + algorithm;
    String right = checksum(algorithm, DATA);
    String wrong = checksum(algorithm, NOTHING);
    assertRefused(trailing(path, algorithm, algorithm.header() + ":" + wrong), "BadDigest");
    for (String none :
        List.of("", algorithm.header() + ":short", "x-amz-checksum-other:" + right)) {
      RawClient.Answer answer = trailing(path, algorithm, none);
      assertThat(answer.status()).as(none).isEqualTo(400);
    }
    assertThat(client.get(path).status()).isEqualTo(404);
    RawClient.Answer put = trailing(path, algorithm, algorithm.header() + ":" + right);
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.headers()).containsEntry(algorithm.header(), right);
    assertTold(path, algorithm, right, "FULL_OBJECT");
  }

  private static RawClient.Answer trailing(String path, ChecksumAlgorithm algorithm, String line)
      throws IOException {
    String end = "\r\n0\r\n" + (line.isEmpty() ? "" : line + "\r\n") + "\r\n";
    byte[] start = (Integer.toHexString(DATA.length) + "\r\n").getBytes(ISO_8859_1);
    byte[] body = RawClient.join(RawClient.join(start, DATA), end.getBytes(ISO_8859_1));
    byte[] head =
        client.head(
            "PUT",
            path,
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            body.length,
            "content-encoding",
            "aws-chunked",
            "x-amz-decoded-content-length",
            Integer.toString(DATA.length),
            "x-amz-trailer",
            algorithm.header());
    return client.exchange(RawClient.join(head, body));
  }

  @ParameterizedTest
  @EnumSource
  void a_copy_keeps_it_or_gets_another(ChecksumAlgorithm algorithm) throws IOException {
    String from = "/bucket/from-" + algorithm;
    String right = checksum(algorithm, DATA);
    assertThat(client.send("PUT", from, DATA, algorithm.header(), right).status()).isEqualTo(200);
    String kept = client.send("PUT", from + "-kept", NOTHING, "x-amz-copy-source", from).text();
    assertThat(kept).contains(element(algorithm, right));
    assertTold(from + "-kept", algorithm, right, "FULL_OBJECT");
    assertThat(client.send("PUT", "/bucket/plain", DATA).status()).isEqualTo(200);
    String[] asked = {
      "x-amz-copy-source", "/bucket/plain", "x-amz-checksum-algorithm", algorithm.name()
    };
    String made = client.send("PUT", from + "-made", NOTHING, asked).text();
    assertThat(made).contains(element(algorithm, right));
    assertTold(from + "-made", algorithm, right, "FULL_OBJECT");
  }

  static Stream<ChecksumAlgorithm> composite() {
    return Arrays.stream(ChecksumAlgorithm.values())
        .filter(algorithm -> algorithm != ChecksumAlgorithm.CRC64NVME);
  }

  static Stream<ChecksumAlgorithm> fullObject() {
    return Arrays.stream(ChecksumAlgorithm.values()).filter(ChecksumAlgorithm::isCrc);
  }

  private static RawClient.Answer begin(String path, ChecksumAlgorithm algorithm, String type)
      throws IOException {
    return client.send(
        "POST",
        path + "?uploads",
        NOTHING,
        "x-amz-checksum-algorithm",
        algorithm.name(),
        "x-amz-checksum-type",
        type);
  }

  /** A path with the upload's id, and the elements that name its parts, which are sent. */
  private record BegunUpload(String query, List<String> parts) {
    static BegunUpload of(String path, ChecksumAlgorithm algorithm, String type)
        throws IOException {
      RawClient.Answer begun = begin(path, algorithm, type);
      assertThat(begun.headers())
          .containsEntry("x-amz-checksum-algorithm", algorithm.name())
          .containsEntry("x-amz-checksum-type", type);
      String query = path + "?uploadId=" + between(begun.text(), "<UploadId>", "</UploadId>");
      var parts = new ArrayList<String>();
      for (int i = 0; i < PARTS.size(); i++) {
        String part = query + "&partNumber=" + (i + 1);
        String header = algorithm.header();
        String value = checksum(algorithm, PARTS.get(i));
        assertRefused(
            client.send("PUT", part, PARTS.get(i), header, checksum(algorithm, NOTHING)),
            "BadDigest");
        RawClient.Answer sent = client.send("PUT", part, PARTS.get(i), header, value);
        assertThat(sent.headers()).containsEntry(header, value);
        parts.add(
            "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag>%s</Part>"
                .formatted(
                    i + 1,
                    Objects.requireNonNull(sent.headers().get("etag")),
                    element(algorithm, value)));
      }
      return new BegunUpload(query, parts);
    }

    RawClient.Answer complete(List<String> named, String... headers) throws IOException {
      String document =
          "<CompleteMultipartUpload>" + String.join("", named) + "</CompleteMultipartUpload>";
      return client.send("POST", query, document.getBytes(UTF_8), headers);
    }
  }

  @ParameterizedTest
  @MethodSource("composite")
  void parts_make_a_composite_one(ChecksumAlgorithm algorithm) throws IOException {
    String path = "/bucket/composite-" + algorithm;
    BegunUpload upload = BegunUpload.of(path, algorithm, "COMPOSITE");
    assertRefused(client.send("PUT", upload.query() + "&partNumber=3", DATA), "InvalidRequest");
    String first = upload.parts().getFirst();
    String bare = first.replaceAll("<Checksum.*</Checksum\\w+>", "");
    assertRefused(upload.complete(List.of(bare, upload.parts().getLast())), "InvalidRequest");
    String wrong =
        bare.replace("</Part>", element(algorithm, checksum(algorithm, DATA)) + "</Part>");
    assertRefused(upload.complete(List.of(wrong, upload.parts().getLast())), "InvalidPart");
    byte[][] values =
        PARTS.stream()
            .map(part -> Base64.getDecoder().decode(checksum(algorithm, part)))
            .toArray(byte[][]::new);
    String whole = checksum(algorithm, values);
    String header = algorithm.header();
    assertRefused(
        upload.complete(upload.parts(), header, checksum(algorithm, DATA) + "-2"), "BadDigest");
    RawClient.Answer done = upload.complete(upload.parts(), header, whole + "-2");
    assertThat(done.text())
        .contains(element(algorithm, whole + "-2"))
        .contains("<ChecksumType>COMPOSITE</ChecksumType>");
    assertTold(path, algorithm, whole + "-2", "COMPOSITE");
    assertThat(client.get(path + "?partNumber=2", "x-amz-checksum-mode", "ENABLED").headers())
        .containsEntry(header, checksum(algorithm, PARTS.getLast()));
    assertThat(client.get(path).body())
        .isEqualTo(Bytes.wrap(RawClient.join(PARTS.getFirst(), PARTS.getLast())));
  }

  @ParameterizedTest
  @MethodSource("fullObject")
  void parts_make_one_of_the_whole_object(ChecksumAlgorithm algorithm) throws IOException {
    String path = "/bucket/full-" + algorithm;
    BegunUpload upload = BegunUpload.of(path, algorithm, "FULL_OBJECT");
    String whole = checksum(algorithm, PARTS.getFirst(), PARTS.getLast());
    String[] type = {"x-amz-checksum-type", "FULL_OBJECT", algorithm.header(), whole};
    String[] wrong = type.clone();
    wrong[3] = checksum(algorithm, DATA);
    assertRefused(upload.complete(upload.parts(), wrong), "BadDigest");
    wrong[1] = "COMPOSITE";
    assertRefused(upload.complete(upload.parts(), wrong), "InvalidRequest");
    RawClient.Answer done = upload.complete(upload.parts(), type);
    assertThat(done.text())
        .contains(element(algorithm, whole))
        .contains("<ChecksumType>FULL_OBJECT</ChecksumType>");
    assertTold(path, algorithm, whole, "FULL_OBJECT");
  }

  @ParameterizedTest
  @EnumSource
  void a_type_that_an_algorithm_cannot_have_is_refused(ChecksumAlgorithm algorithm)
      throws IOException {
    boolean composite = algorithm != ChecksumAlgorithm.CRC64NVME;
    if (!composite) {
      assertRefused(begin("/bucket/k", algorithm, "COMPOSITE"), "InvalidRequest");
    }
    if (!algorithm.isCrc()) {
      assertRefused(begin("/bucket/k", algorithm, "FULL_OBJECT"), "InvalidRequest");
    }
    assertRefused(begin("/bucket/k", algorithm, "OTHER"), "InvalidRequest");
  }
}
