package rondo.gateway.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XxHash64Test {
  private static String hex(byte[] data, int first) {
    RunningChecksum hash = ChecksumAlgorithm.XXHASH64.start();
    hash.update(ByteBuffer.wrap(data, 0, first));
    hash.update(ByteBuffer.wrap(data, first, data.length - first));
    return HexFormat.of().formatHex(hash.value());
  }

  /** As the reference's documentation and bindings give them. */
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

  @Test
  void data_may_come_in_any_pieces() {
    byte[] data = new byte[200];
    new Random(5).nextBytes(data);
    for (int size : new int[] {1, 31, 32, 33, 64, 99, 200}) {
      byte[] some = java.util.Arrays.copyOf(data, size);
      String whole = hex(some, 0);
      for (int first = 1; first <= size; first++) {
        assertThat(hex(some, first)).as("%d of %d", first, size).isEqualTo(whole);
      }
    }
  }
}
