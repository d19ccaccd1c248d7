package rondo.s3.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=99-99, 99, 1",
    "bytes=10-, 10, 90",
    "bytes=90-200, 90, 10",
    "bytes=-1, 99, 1",
    "bytes=-100, 0, 100",
    "bytes=-101, 0, 100",
    "bytes=0-999999999999999999, 0, 100",
    "bytes=10-9223372036854775806, 10, 90",
    "bytes=10-9223372036854775807, 10, 90",
    "bytes=10-18446744073709551616, 10, 90",
    "bytes=-9223372036854775808, 0, 100",
    "bytes=000000000000000000000000010-0000000000000000000000000000011, 10, 2"
  })
  void a_range_is_cut_to_the_object(String header, long offset, long length) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange(offset, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=5-4",
        "bytes=-",
        "bytes=",
        "bytes",
        "",
        "chars=0-1",
        "bytes=0-1,3-4",
        "bytes=a-b",
        "bytes=1",
        "bytes=--1",
        "bytes=0-1-2",
        "bytes=99999999999999999999-9223372036854775808"
      })
  void a_header_without_a_single_range_is_ignored(String header) {
    assertThat(ByteRange.of(header, 100)).isNull();
  }

  @Test
  void the_last_bytes_of_an_empty_object_are_all_of_it() {
    assertThat(ByteRange.of("bytes=-1", 0)).isNull();
    assertThat(ByteRange.of("bytes=-999999999999999999", 0)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=100-, 100",
    "bytes=100-200, 100",
    "bytes=9223372036854775807-, 100",
    "bytes=9999999999999999999-, 100",
    "bytes=9223372036854775808-99999999999999999999, 100",
    "bytes=-00000000000000000000, 100",
    "bytes=-0, 100",
    "bytes=0-0, 0",
    "bytes=0-, 0",
    "bytes=-0, 0"
  })
  void a_range_of_bytes_that_are_not_there_is_refused(String header, long size) {
    assertThatThrownBy(() -> ByteRange.of(header, size))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo(S3Error.INVALID_RANGE);
              assertThat(refusal.details())
                  .containsEntry("RangeRequested", header)
                  .containsEntry("ActualObjectSize", Long.toString(size));
              assertThat(refusal.headers()).containsEntry("Content-Range", "bytes */" + size);
            });
  }

  @Test
  void no_header_is_no_range() {
    assertThat(ByteRange.of(null, 100)).isNull();
  }
}
