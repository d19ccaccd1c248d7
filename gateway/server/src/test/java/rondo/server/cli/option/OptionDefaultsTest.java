package rondo.server.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import rondo.server.cli.Main;
import rondo.server.config.ByteSizes;
import rondo.server.config.Configuration;
import rondo.server.config.StartException;

public final class OptionDefaultsTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "true,true,true,flag:1",
    "true,true,false,flag:1",
    "true,false,true,flag:1",
    "true,false,false,flag:1",
    "false,true,true,variable:2",
    "false,true,false,variable:2",
    "false,false,true,file:3",
    "false,false,false,127.0.0.1:9000"
  })
  void flags_come_before_the_environment_before_the_file_before_defaults(
      boolean flag, boolean variable, boolean file, String expected) throws IOException {
    var arguments = new ArrayList<String>();
    if (flag) {
      arguments.addAll(List.of("--s3-listen", "flag:1"));
    }
    if (file) {
      Path path = Files.writeString(folder.resolve("rondo.properties"), "s3-listen = file:3\n");
      arguments.addAll(List.of("--config", path.toString()));
    }
    Map<String, String> environment = variable ? Map.of("RONDO_S3_LISTEN", "variable:2") : Map.of();
    assertThat(read(environment, arguments).endpoints().s3()).hasToString(expected);
  }

  @Test
  void a_folder_is_given_twice_or_after_a_comma() {
    assertThat(read(Map.of(), List.of("--data", "a", "--data", "b,c")).storage().data())
        .containsExactly(Path.of("a"), Path.of("b"), Path.of("c"));
    assertThat(read(Map.of("RONDO_DATA", "a,b"), List.of()).storage().data())
        .containsExactly(Path.of("a"), Path.of("b"));
  }

  @Test
  void sizes_have_units() {
    assertThat(read(Map.of("RONDO_CAPACITY", "2TB"), List.of()).member().capacityBytes())
        .isEqualTo(2_000_000_000_000L);
    assertThat(ByteSizes.parse("64MiB")).isEqualTo(64L << 20);
    assertThat(ByteSizes.parse("512")).isEqualTo(512);
  }

  @Test
  void an_empty_variable_says_nothing() {
    assertThat(read(Map.of("RONDO_REGION", ""), List.of()).s3().region()).isEqualTo("us-east-1");
  }

  @ParameterizedTest
  @CsvSource({
    "--s3-listen,9000",
    "--s3-listen,host:70000",
    "--durability,sometimes",
    "--roles,boss",
    "--capacity,much",
    "--replicas,-1",
    "--join,host:1",
    "--tls-cert,file",
    "--bogus,1"
  })
  void a_wrong_value_is_told_in_a_line_and_ends_with_2(String name, String value) {
    var errors = new StringWriter();
    CommandLine line = Main.commandLine(Map.of(), "server", name, value);
    line.setErr(new PrintWriter(errors));
    assertThat(line.execute("server", name, value)).isEqualTo(2);
    assertThat(errors.toString()).startsWith("rondo: ").doesNotContain("\tat ");
  }

  @Test
  void quorums_that_would_not_meet_are_refused() {
    var arguments = List.of("--replicas", "3", "--read-quorum", "1", "--write-quorum", "2");
    assertThatThrownBy(() -> read(Map.of(), arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("R + W");
  }

  @ParameterizedTest
  @CsvSource({"s3-lisen,s3-listen", "S3_LISTEN,s3-listen", "shardrows,shard-rows"})
  void an_unknown_setting_of_the_file_is_told_with_the_nearest_one(String key, String nearest)
      throws IOException {
    Path path = Files.writeString(folder.resolve("rondo.properties"), key + "=1\n");
    assertThatThrownBy(() -> Main.commandLine(Map.of(), "server", "--config", path.toString()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining("'" + nearest + "'");
  }

  @Test
  void a_setting_of_another_command_may_stand_in_the_file() throws IOException {
    Path path = Files.writeString(folder.resolve("rondo.properties"), "admin=h:1\ns3-listen=h:2\n");
    String[] server = {"server", "--config", path.toString()};
    assertThat(Main.commandLine(Map.of(), server).parseArgs(server).errors()).isEmpty();
  }

  @Test
  void a_missing_file_is_told() {
    assertThatThrownBy(() -> read(Map.of(), List.of("--config", "/nowhere")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("/nowhere");
  }

  public static Configuration read(Map<String, String> environment, List<String> arguments) {
    return ServerOptions.read(environment, arguments.toArray(String[]::new));
  }
}
