package rondo.ring.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void bytes_are_ordered_as_unsigned() {
    assertThat(Bytes.wrap(new byte[] {(byte) 0xff})).isGreaterThan(Bytes.utf8("a"));
  }
}
