package rondo.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
final class LogFormatTest {
  /** A process that logs one line. */
  static final class Speaker {
    private Speaker() {}

    public static void main(String[] arguments) {
      LoggerFactory.getLogger(Speaker.class).warn("a line\nand \"another\"");
    }
  }

  private static String logged(String format) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Speaker.class.getName())
            .redirectErrorStream(true);
    process.environment().put("RONDO_LOG_FORMAT", format);
    Process running = process.start();
    String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void a_line_is_text_or_one_json_object() throws Exception {
    assertThat(logged("text")).contains("WARN ", "Speaker: a line\nand");
    String json = logged("json");
    assertThat(json.strip()).hasLineCount(1);
    JsonNode line = JsonMapper.shared().readTree(json);
    assertThat(line.path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("formattedMessage").asString()).isEqualTo("a line\nand \"another\"");
    assertThat(line.path("timestamp").asLong()).isPositive();
  }

  @Test
  void a_format_that_there_is_not_is_refused() {
    assertThatThrownBy(() -> Main.commandLine(Map.of("RONDO_LOG_FORMAT", "yaml")))
        .isInstanceOf(StartException.class)
        .hasMessage("RONDO_LOG_FORMAT is 'text' or 'json', not 'yaml'");
  }
}
