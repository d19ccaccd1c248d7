package rondo.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rondo.ring.register.Bytes;

final class BytesTest {
  @Test
  void bytes_are_ordered_as_unsigned() {
    assertThat(Bytes.wrap(new byte[] {(byte) 0xff})).isGreaterThan(Bytes.utf8("a"));
  }
}
