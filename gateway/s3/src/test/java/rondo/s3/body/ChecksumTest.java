package rondo.s3.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.ring.value.Bytes;

final class ChecksumTest {
  @ParameterizedTest
  @CsvSource({
    "CRC32,cbf43926",
    "CRC32C,e3069283",
    "CRC64NVME,ae8b14860a799888",
    "SHA1,f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256,15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
  })
  void the_check_values_of_the_catalogues(ChecksumAlgorithm algorithm, String hex) {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(HexFormat.of().formatHex(of(algorithm, digits))).isEqualTo(hex);
  }

  @ParameterizedTest
  @EnumSource(ChecksumAlgorithm.class)
  void pieces_and_direct_buffers_give_what_the_whole_gives(ChecksumAlgorithm algorithm) {
    var random = new Random(1);
    byte[] data = bytes(random, 40_001);
    RunningChecksum pieces = algorithm.start();
    for (int at = 0; at < data.length; ) {
      int length = Math.min(data.length - at, random.nextInt(9_000));
      ByteBuffer direct = ByteBuffer.allocateDirect(length).put(data, at, length).flip();
      pieces.update(direct);
      assertThat(direct.hasRemaining()).isFalse();
      at += length;
    }
    assertThat(pieces.value()).isEqualTo(of(algorithm, data));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32C", "CRC64NVME"})
  void the_checksum_of_the_whole_follows_from_those_of_its_parts(ChecksumAlgorithm algorithm) {
    var random = new Random(2);
    for (int round = 0; round < 100; round++) {
      byte[] data = bytes(random, random.nextInt(5_000));
      var parts = new ArrayList<PartChecksums.Part>();
      int at = 0;
      for (int count = 1 + random.nextInt(5); count > 0; count--) {
        int end = count == 1 ? data.length : at + random.nextInt(data.length - at + 1);
        byte[] part = Arrays.copyOfRange(data, at, end);
        parts.add(new PartChecksums.Part(Bytes.wrap(of(algorithm, part)), part.length));
        at = end;
      }
      assertThat(PartChecksums.fullObject(algorithm, parts))
          .isEqualTo(PartChecksums.base64(of(algorithm, data)));
    }
  }

  @Test
  void a_composite_checksum_covers_the_parts_checksums_and_counts_them() {
    Bytes one = Bytes.wrap(of(ChecksumAlgorithm.SHA256, new byte[] {1}));
    Bytes two = Bytes.wrap(of(ChecksumAlgorithm.SHA256, new byte[] {2}));
    assertThat(PartChecksums.composite(ChecksumAlgorithm.SHA256, List.of(one, two)))
        .isEqualTo(
            PartChecksums.base64(of(ChecksumAlgorithm.SHA256, Bytes.concat(one, two).array()))
                + "-2");
  }

  @Test
  void a_value_of_the_wrong_length_is_not_a_checksum() {
    assertThat(ChecksumAlgorithm.CRC32.decode("AAAAAA==")).hasSize(4);
    assertThat(ChecksumAlgorithm.CRC32.decode("AAAA")).isNull();
    assertThat(ChecksumAlgorithm.CRC32.decode("AAAAA=A=")).isNull();
    assertThat(ChecksumAlgorithm.CRC32.decode("")).isNull();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    return data;
  }

  private static byte[] of(ChecksumAlgorithm algorithm, byte[] data) {
    RunningChecksum checksum = algorithm.start();
    checksum.update(ByteBuffer.wrap(data));
    return checksum.value();
  }
}
