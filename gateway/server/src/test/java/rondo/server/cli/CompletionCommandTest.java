package rondo.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shells themselves say what they would complete; one that isn't installed is left out. */
@Timeout(120)
final class CompletionCommandTest {
  @TempDir Path folder = Path.of("");

  private static String script(String shell) {
    CommandRun run = CommandRun.of(Map.of(), "completion", shell);
    assertThat(run.status()).isZero();
    return run.out();
  }

  /** What the shell prints that has read the script. */
  private String ask(String shell, String question) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(it -> Files.isExecutable(Path.of(it, shell))),
        shell + " isn't installed");
    Path file = folder.resolve("script");
    Files.writeString(file, script(shell));
    var process =
        new ProcessBuilder(shell, "-c", "source " + file + "\n" + question)
            .redirectErrorStream(true);
    process.environment().put("HOME", folder.toString());
    return output(process.start());
  }

  private static String output(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void bash_completes_commands_and_options() throws Exception {
    String ask =
        """
        COMP_WORDS=(rondo bucket qu); COMP_CWORD=2; COMP_LINE='rondo bucket qu'; COMP_POINT=15
        _complete_rondo; echo "${COMPREPLY[@]}"
        COMP_WORDS=(rondo status --js); COMP_CWORD=2; COMP_LINE='rondo status --js'; COMP_POINT=17
        _complete_rondo; echo "${COMPREPLY[@]}"
        """;
    assertThat(ask("bash", ask).lines())
        .anyMatch(it -> it.contains("quota") && it.contains("quorum"))
        .anyMatch(it -> it.strip().equals("--json"));
  }

  @Test
  void zsh_takes_the_script() throws Exception {
    assertThat(ask("zsh", "whence -w _complete_rondo")).contains("_complete_rondo: function");
  }

  @Test
  void fish_completes_commands_and_options() throws Exception {
    String ask =
        """
        complete -C 'rondo bucket qu'
        complete -C 'rondo status --js'
        complete -C 'rondo --js'
        complete -C 'rondo alias '
        """;
    String told = ask("fish", ask);
    assertThat(told.lines().filter(it -> !it.isBlank()).map(it -> it.split("\t", 2)[0]))
        .containsExactlyInAnyOrder("quota", "quorum", "--json", "list", "remove", "set", "use");
    assertThat(told).contains("Bounds what a bucket may hold");
  }

  @Test
  void all_commands_are_in_it() {
    String fish = script("fish");
    Main.commandLine(Map.of())
        .getSubcommands()
        .forEach((name, command) -> assertThat(fish).contains(" -a " + name + " "));
  }
}
