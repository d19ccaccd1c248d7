package rondo.s3.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourcePathTest {
  @ParameterizedTest
  @CsvSource({
    "b/my+file%2B1.txt, b/my file+1.txt,",
    "b%2Fmy+file%2B1.txt, b/my file+1.txt,",
    "/b/my%20file.txt?versionId=a+b, b/my file.txt, a+b",
    "//b/k, /b/k,",
    "b/k%3FversionId=x, b/k?versionId=x,",
    "b/%C3%A9, b/é,"
  })
  void a_source_is_encoded_as_in_a_form(String header, String path, String version) {
    assertThat(SourcePath.of(header)).isEqualTo(new SourcePath(path, version));
  }
}
