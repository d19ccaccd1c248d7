package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Every source file is formatted; {@code -Dformat=write} formats the others. */
final class FormatTest {
  @Test
  void every_source_file_is_formatted() throws IOException, FormatterException {
    boolean write = "write".equals(System.getProperty("format"));
    var formatter = new Formatter();
    var unformatted = new ArrayList<Path>();
    for (Path file : Sources.java()) {
      String source = Files.readString(file);
      String formatted = formatter.formatSourceAndFixImports(source);
      if (write && !formatted.equals(source)) {
        Files.writeString(file, formatted);
      } else if (!formatted.equals(source)) {
        unformatted.add(file);
      }
    }
    assertThat(unformatted).as("run: mvn test -Dtest=FormatTest -Dformat=write").isEmpty();
  }
}
