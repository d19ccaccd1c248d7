package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every source file is formatted; {@code -Dformat=write} formats the others. */
@Tag("long")
final class FormatTest {
  private static final boolean WRITE = "write".equals(System.getProperty("format"));

  @Test
  void every_source_file_is_formatted() throws IOException {
    var unformatted = Sources.java().parallelStream().filter(FormatTest::isUnformatted).toList();
    assertThat(unformatted).as("run: mvn test -Dtest=FormatTest -Dformat=write").isEmpty();
  }

  /** True for a file that differs from its formatted text and was not rewritten. */
  private static boolean isUnformatted(Path file) {
    try {
      String source = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        return false;
      }
      if (WRITE) {
        Files.writeString(file, formatted);
      }
      return !WRITE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + " can't be parsed", e);
    }
  }
}
