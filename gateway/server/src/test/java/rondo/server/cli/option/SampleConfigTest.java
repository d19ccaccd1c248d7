package rondo.server.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code docs/rondo.properties} has every setting of {@code rondo server}, with its default; {@code
 * -Dsample=write} writes it anew.
 */
final class SampleConfigTest {
  private static final Path FILE = Path.of("../../docs/rondo.properties");
  private static final int WIDTH = 98;

  private static final String HEAD =
      """
      # All settings of `rondo server`, each with its default. Copy this file, remove the # in front of
      # those that you change, and start the node with --config FILE. Flags and variables of the
      # environment win over it; a line that sets nothing known is refused.
      """;

  @Test
  void the_sample_has_every_setting() throws IOException {
    var text = new StringBuilder(HEAD);
    CommandLine line = OptionDefaults.commandLine(new ServerOptions(), Map.of());
    List<OptionSpec> options =
        line.getCommandSpec().options().stream()
            .filter(it -> it.longestName().startsWith("--") && !it.longestName().equals("--config"))
            .sorted(Comparator.comparing(OptionSpec::longestName))
            .toList();
    options.forEach(it -> append(text, it));
    if ("write".equals(System.getProperty("sample"))) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE))
        .as("written anew by -Dsample=write")
        .isEqualTo(text.toString());
  }

  @Test
  void the_sample_is_read_with_all_its_lines() throws IOException {
    var known = Files.readString(FILE).replaceAll("(?m)^#([a-z0-9-]+)=", "$1=");
    Path file = Files.writeString(Files.createTempFile("rondo", ".properties"), known);
    assertThat(ServerOptions.read(Map.of(), "--config", file.toString()))
        .usingRecursiveComparison()
        .isEqualTo(ServerOptions.read(Map.of()));
    Files.delete(file);
  }

  private static void append(StringBuilder text, OptionSpec option) {
    String what = String.join(" ", option.description());
    String ending = " Default: " + option.defaultValue();
    if (what.endsWith(ending)) {
      what = what.substring(0, what.length() - ending.length());
    }
    text.append("\n# ");
    int column = 2;
    for (String word : what.split(" ", -1)) {
      if (column + word.length() > WIDTH) {
        text.append("\n# ");
        column = 2;
      }
      text.append(column == 2 ? "" : " ").append(word);
      column += word.length() + 1;
    }
    @Nullable String value = option.defaultValue();
    text.append("\n#").append(option.longestName().substring(2)).append('=');
    text.append(value == null ? "" : value).append('\n');
  }
}
