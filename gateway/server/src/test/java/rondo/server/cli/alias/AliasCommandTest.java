package rondo.server.cli.alias;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.server.cli.CommandRun;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AliasCommandTest {
  @TempDir Path folder = Path.of("");

  private Path credentials = Path.of("");

  @BeforeEach
  void write() throws IOException {
    credentials = folder.resolve("credentials");
    Files.writeString(credentials, "access_key=a\nsecret_key=s3cret\n");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(
        Map.of("RONDO_ALIASES", folder.resolve("sub").resolve("aliases").toString()), arguments);
  }

  @Test
  void the_first_alias_is_the_default_until_another_is_used() throws IOException {
    assertThat(run("alias", "set", "home", "127.0.0.1:9001", credentials.toString()).out())
        .isEqualTo("home is http://127.0.0.1:9001, the default\n");
    assertThat(run("alias", "set", "far", "https://far:9001/", credentials.toString()).out())
        .isEqualTo("far is https://far:9001\n");
    assertThat(run("alias", "list").out()).contains("* home", "  far ");
    assertThat(run("alias", "use", "far").status()).isZero();
    JsonNode shown = JsonMapper.shared().readTree(run("alias", "list", "--json").out());
    assertThat(shown.get(0).path("name").asString()).isEqualTo("far");
    assertThat(shown.get(0).path("default").asBoolean()).isTrue();
    assertThat(run("alias", "remove", "far").status()).isZero();
    assertThat(run("alias", "list").out()).contains("  home").doesNotContain("far", "*");
    assertThat(Files.readString(folder.resolve("sub").resolve("aliases"))).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "a b, 127.0.0.1:9001, is no name for an alias",
    "far, http://far:9001, https://",
    "far, far, is not HOST:PORT",
    "far, https://, is not HOST:PORT"
  })
  void what_is_malformed_is_told(String name, String url, String said) {
    CommandRun refused = run("alias", "set", name, url, credentials.toString());
    assertThat(refused.status()).isNotZero();
    assertThat(refused.err()).startsWith("rondo: ").contains(said);
  }

  @Test
  void unknown_names_and_files_are_told() {
    assertThat(run("alias", "set", "a", "127.0.0.1:9001", "/nowhere").err())
        .contains("there is no file /nowhere");
    assertThat(run("status", "--alias", "none").err()).contains("there is no alias 'none'");
    run("alias", "set", "home", "127.0.0.1:9001", credentials.toString());
    assertThat(run("alias", "use", "none").err()).contains("none", "[home]");
  }
}
