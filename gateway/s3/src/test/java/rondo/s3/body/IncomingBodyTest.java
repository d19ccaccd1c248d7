package rondo.s3.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SignedRequest;
import rondo.s3.auth.SigningContext;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class IncomingBodyTest {
  private static final SigningContext SIGNING =
      new SigningContext(
          Bytes.wrap(new byte[] {1, 2, 3}), "20130524T000000Z", "20130524/r/s3/aws4_request", "ab");
  private static final byte[] DATA = data(1_000);

  /** A body on the wire, its headers and the data that it must decode to. */
  record Scene(PayloadMode mode, Map<String, String> headers, Bytes bytes) {
    byte[] wire() {
      return bytes.array();
    }

    @Override
    public String toString() {
      return mode.toString();
    }

    Scene with(byte[] otherWire) {
      return new Scene(mode, headers, Bytes.wrap(otherWire));
    }
  }

  static Stream<Scene> scenes() {
    return Stream.of(
        new Scene(new PayloadMode.Unsigned(), Map.of("content-length", "1000"), Bytes.wrap(DATA)),
        new Scene(
            new PayloadMode.Literal(Hashes.sha256Hex(DATA)),
            Map.of("content-length", "1000"),
            Bytes.wrap(DATA)),
        unsignedChunks(crc32(DATA)),
        framedAsByMinio(unsignedChunks(crc32(DATA)), "\n\r\n"),
        signedChunks(false),
        signedChunks(true),
        framedAsByMinio(signedChunks(true), "\n\r\n"));
  }

  /** The line of the checksum's trailer ends with what the signature covers, then with CR LF. */
  private static Scene framedAsByMinio(Scene scene, String lineEnd) {
    String crc = "x-amz-checksum-crc32:" + crc32(DATA);
    String wire = new String(scene.wire(), StandardCharsets.ISO_8859_1);
    return scene.with(latin(wire.replace(crc + "\r\n", crc + lineEnd)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\r\n\r\n", "\n\r\nx-amz-meta-a:b\r\n", "\n\r\n\n\n", "\r\n\r\n\r\n"})
  void no_more_empty_lines_and_no_more_trailers_stand_behind_the_trailers(String lineEnd) {
    Scene scene = framedAsByMinio(unsignedChunks(crc32(DATA)), lineEnd);
    assertThat(
            catchThrowableOfType(
                S3Exception.class, () -> read(scene, List.of(scene.wire().length))))
        .isNotNull();
  }

  private static Scene unsignedChunks(String crc) {
    String wire = "12C\r\n" + text(0, 300) + "\r\n2bc\r\n" + text(300, 1000) + "\r\n0\r\n";
    return new Scene(
        new PayloadMode.UnsignedChunks(),
        Map.of("x-amz-decoded-content-length", "1000", "x-amz-trailer", "x-amz-checksum-crc32"),
        Bytes.wrap(latin(wire + "x-amz-checksum-crc32:" + crc + "\r\n\r\n")));
  }

  private static Scene signedChunks(boolean trailer) {
    var wire = new StringBuilder();
    String previous = SIGNING.seedSignature();
    for (int[] range : new int[][] {{0, 300}, {300, 1000}, {1000, 1000}}) {
      String chunk = text(range[0], range[1]);
      previous =
          sign("PAYLOAD", previous, Hashes.EMPTY_SHA256 + "\n" + Hashes.sha256Hex(latin(chunk)));
      wire.append(Integer.toHexString(chunk.length())).append(";chunk-signature=").append(previous);
      wire.append("\r\n").append(chunk).append(chunk.isEmpty() ? "" : "\r\n");
    }
    String crc = "x-amz-checksum-crc32:" + crc32(DATA);
    if (trailer) {
      previous = sign("TRAILER", previous, Hashes.sha256Hex(latin(crc + "\n")));
      wire.append(crc).append("\r\nx-amz-trailer-signature:").append(previous).append("\r\n");
    }
    Map<String, String> length = Map.of("x-amz-decoded-content-length", "1000");
    return new Scene(
        new PayloadMode.SignedChunks(trailer),
        trailer
            ? Map.of(
                "x-amz-decoded-content-length", "1000", "x-amz-trailer", "x-amz-checksum-crc32")
            : length,
        Bytes.wrap(latin(wire + "\r\n")));
  }

  private static String sign(String kind, String previous, String hashes) {
    String toSign =
        "AWS4-HMAC-SHA256-%s\n20130524T000000Z\n20130524/r/s3/aws4_request\n%s\n%s"
            .formatted(kind, previous, hashes);
    return Hashes.hmacSha256Hex(SIGNING.key().array(), toSign);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void a_body_split_at_every_byte_is_the_same_body(Scene scene) {
    BodySummary whole = read(scene, List.of(scene.wire().length));
    assertThat(whole.sizeBytes()).isEqualTo(1000);
    assertThat(whole.etag()).isEqualTo(HexFormat.of().formatHex(Hashes.start("MD5").digest(DATA)));
    for (int split = 0; split <= scene.wire().length; split++) {
      assertThat(read(scene, List.of(split, scene.wire().length - split))).isEqualTo(whole);
    }
    assertThat(read(scene, scene.wire().length + 1, 1)).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void a_body_cut_anywhere_is_incomplete(Scene scene) {
    for (int cut = 0; cut < scene.wire().length; cut++) {
      byte[] wire = Arrays.copyOf(scene.wire(), cut);
      assertThat(error(scene.with(wire))).isEqualTo(S3Error.INCOMPLETE_BODY);
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void bytes_after_the_body_are_refused(Scene scene) {
    byte[] wire = Arrays.copyOf(scene.wire(), scene.wire().length + 1);
    assertThat(error(scene.with(wire))).isEqualTo(S3Error.INVALID_REQUEST);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void a_flipped_bit_is_found_wherever_a_digest_covers_it(Scene scene) {
    if (scene.mode() instanceof PayloadMode.Unsigned) {
      return;
    }
    var random = new Random(7);
    for (int at = 0; at < scene.wire().length; at++) {
      byte[] wire = scene.wire().clone();
      wire[at] ^= (byte) (1 << random.nextInt(8));
      if (!isSameFraming(scene.wire()[at], wire[at])) {
        assertThat(error(scene.with(wire))).as("byte " + at).isNotNull();
      }
    }
  }

  /** Hex digits and names of trailers may be in either case, and CR is optional. */
  private static boolean isSameFraming(byte one, byte other) {
    return (one ^ other) == 0x20 || one == '\r';
  }

  @Test
  void a_wrong_checksum_in_the_trailer_is_a_bad_digest() {
    assertThat(error(unsignedChunks(crc32(new byte[1])))).isEqualTo(S3Error.BAD_DIGEST);
    assertThat(error(unsignedChunks("short"))).isEqualTo(S3Error.INVALID_CHECKSUM);
  }

  @Test
  void the_announced_trailer_must_come_and_no_other() {
    Scene scene = unsignedChunks("AAAAAA==");
    String wire = new String(scene.wire(), StandardCharsets.ISO_8859_1);
    assertThat(error(scene.with(latin(wire.replaceAll("x-amz-checksum-crc32:.*\r\n", "")))))
        .isEqualTo(S3Error.MALFORMED_TRAILER_ERROR);
    assertThat(error(scene.with(latin(wire.replace("crc32:", "crc32c:")))))
        .isEqualTo(S3Error.MALFORMED_TRAILER_ERROR);
    assertThat(error(scene.with(latin(wire.replace("crc32:", "crc32")))))
        .isEqualTo(S3Error.MALFORMED_TRAILER_ERROR);
    String many = wire.replace("\r\n\r\n", "\r\n" + "a:b\r\n".repeat(17) + "\r\n");
    assertThat(error(scene.with(latin(many)))).isEqualTo(S3Error.MALFORMED_TRAILER_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "+1", "0x10", "ffffffffffffffff", "7fffffffffffffff", "١"})
  void an_invalid_chunk_size_is_refused(String size) {
    Scene scene = unsignedChunks("AAAAAA==");
    assertThat(error(scene.with(latin(size + "\r\nabc")))).isEqualTo(S3Error.INVALID_REQUEST);
  }

  @Test
  void a_header_line_without_end_is_refused_before_it_fills_memory() {
    Scene scene = unsignedChunks("AAAAAA==");
    assertThat(error(scene.with(latin("0;" + "a".repeat(2_000)))))
        .isEqualTo(S3Error.INVALID_REQUEST);
  }

  @Test
  void chunks_beyond_the_decoded_length_are_refused() {
    Scene scene = unsignedChunks("AAAAAA==");
    assertThat(error(scene.with(latin("3e9\r\n")))).isEqualTo(S3Error.INVALID_REQUEST);
  }

  private static @Nullable S3Error error(Scene scene) {
    S3Exception thrown =
        catchThrowableOfType(S3Exception.class, () -> read(scene, List.of(scene.wire().length)));
    return thrown == null ? null : thrown.error();
  }

  private static BodySummary read(Scene scene, int count, int size) {
    var sizes = new ArrayList<Integer>();
    for (int piece = 0; piece < count - 1; piece++) {
      sizes.add(size);
    }
    return read(scene, sizes);
  }

  private static BodySummary read(Scene scene, List<Integer> sizes) {
    var request = new SignedRequest("PUT", "/b/k", "", List.copyOf(scene.headers().entrySet()));
    var claims = BodyClaims.ofData(request, scene.mode(), ChecksumAlgorithm.CRC64NVME);
    var body = new IncomingBody(claims, SIGNING);
    var out = new ByteArrayOutputStream();
    int at = 0;
    for (int size : sizes) {
      ByteBuffer piece = ByteBuffer.wrap(scene.wire(), at, size);
      body.accept(piece, slice -> drain(slice, out));
      assertThat(piece.hasRemaining()).isFalse();
      at += size;
    }
    BodySummary digested = body.finish();
    assertThat(out.toByteArray()).isEqualTo(DATA);
    return digested;
  }

  private static void drain(ByteBuffer slice, ByteArrayOutputStream out) {
    byte[] bytes = new byte[slice.remaining()];
    slice.get(bytes);
    out.writeBytes(bytes);
  }

  private static String crc32(byte[] data) {
    RunningChecksum crc = ChecksumAlgorithm.CRC32.start();
    crc.update(ByteBuffer.wrap(data));
    return PartChecksums.base64(crc.value());
  }

  private static String text(int from, int to) {
    return new String(DATA, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(3).nextBytes(data);
    return data;
  }
}
