package rondo.s3.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the hashes of the xxHash family. */
final class XxHash64Test {
  private static String hex(byte[] data, int first) {
    return hex(ChecksumAlgorithm.XXHASH64, data, first);
  }

  private static String hex(ChecksumAlgorithm algorithm, byte[] data, int first) {
    RunningChecksum hash = algorithm.start();
    hash.update(ByteBuffer.wrap(data, 0, first));
    hash.update(ByteBuffer.wrap(data, first, data.length - first));
    return HexFormat.of().formatHex(hash.value());
  }

  /** The values are from the reference's documentation and bindings. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
  })
  void published_values(String text, String hash) {
    assertThat(hex(text.getBytes(UTF_8), 0)).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "XXHASH3, '', 2d06800538d394c2",
    "XXHASH3, a, e6c632b61e964e1f",
    "XXHASH3, abc, 78af5f94892f3950",
    "XXHASH128, '', 99aa06d3014798d86001c324468d497f",
    "XXHASH128, a, a96faf705af16834e6c632b61e964e1f",
    "XXHASH128, abc, 06b05ab6733a618578af5f94892f3950"
  })
  void xxh3_has_the_published_values(ChecksumAlgorithm algorithm, String text, String hash) {
    assertThat(hex(algorithm, text.getBytes(UTF_8), 0)).isEqualTo(hash);
    RunningChecksum direct = algorithm.start();
    direct.update(
        ByteBuffer.allocateDirect(9).put(3, text.getBytes(UTF_8)).slice(3, text.length()));
    assertThat(HexFormat.of().formatHex(direct.value())).isEqualTo(hash);
  }

  @Test
  void data_may_come_in_any_pieces() {
    byte[] data = new byte[200];
    new Random(5).nextBytes(data);
    for (int size : new int[] {1, 31, 32, 33, 64, 99, 200}) {
      byte[] some = java.util.Arrays.copyOf(data, size);
      for (var algorithm :
          List.of(
              ChecksumAlgorithm.XXHASH64, ChecksumAlgorithm.XXHASH3, ChecksumAlgorithm.XXHASH128)) {
        String whole = hex(algorithm, some, 0);
        for (int first = 1; first <= size; first++) {
          assertThat(hex(algorithm, some, first)).as("%d of %d", first, size).isEqualTo(whole);
        }
      }
    }
  }
}
