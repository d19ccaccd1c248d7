package rondo.s3.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Tagging;

/** Tags of headers and documents, empty and odd ones too. */
final class TagReaderTest {
  private static String read(String header) {
    return TagReader.ofHeader(header).stream()
        .map(tag -> tag.getName() + "=" + tag.getValue())
        .collect(Collectors.joining(" "));
  }

  private static S3Error refusal(String header) {
    return catchThrowableOfType(S3Exception.class, () -> TagReader.ofHeader(header)).error();
  }

  @ParameterizedTest
  @CsvSource({
    "one&two, one= two=",
    "one&&&two, one= two=",
    "'&one=1&', one=1",
    "a=b%20c&d=%C3%A4, a=b c d=ä",
    "a+b=c+d, a b=c d",
    "a=b=c, a=b=c",
    "a%3Db=c, a=b=c"
  })
  void a_header_has_the_form_of_a_query(String header, String tags) {
    assertThat(read(header)).isEqualTo(tags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "&&&"})
  void a_header_may_say_nothing(String header) {
    assertThat(TagReader.ofHeader(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b&a=c", "a&a", "a=1&b=2&a=1", "a=b,c=d", "a%2Cb=c", "a=b;c"})
  void what_is_none_is_an_invalid_argument(String header) {
    assertThat(refusal(header)).isEqualTo(S3Error.INVALID_ARGUMENT);
  }

  @Test
  void what_breaks_a_limit_is_an_invalid_tag() {
    assertThat(refusal("aws:a=b")).isEqualTo(S3Error.INVALID_TAG);
    assertThat(refusal("=b")).isEqualTo(S3Error.INVALID_TAG);
    assertThat(refusal("k".repeat(129) + "=b")).isEqualTo(S3Error.INVALID_TAG);
    assertThat(refusal("k=" + "v".repeat(257))).isEqualTo(S3Error.INVALID_TAG);
    String eleven = IntStream.range(0, 11).mapToObj(i -> "k" + i).collect(Collectors.joining("&"));
    assertThat(refusal(eleven)).isEqualTo(S3Error.INVALID_TAG);
  }

  @Test
  void a_document_without_a_set_has_no_tags() {
    assertThat(TagReader.ofDocument(new Tagging(null), 10)).isEqualTo(List.of());
    assertThat(TagReader.ofSet(null, 10)).isEmpty();
  }
}
