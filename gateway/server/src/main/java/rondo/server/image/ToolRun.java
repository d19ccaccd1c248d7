package rondo.server.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import rondo.server.config.StartException;

/** Runs another program to its end. */
final class ToolRun {
  private ToolRun() {}

  /** How a program ended, and what it printed. */
  record Ended(int status, String printed) {
    private static final int LINES = 30;

    String lastLines() {
      List<String> lines = printed.lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
  }

  /**
   * What a program prints.
   *
   * @throws StartException when the program isn't there or fails, with what it printed last
   */
  static String of(Path folder, List<String> command) throws IOException, InterruptedException {
    Ended ended = ended(folder, command);
    if (ended.status() != 0) {
      throw new StartException(
          "%s failed with %d:%n%s"
              .formatted(String.join(" ", command), ended.status(), ended.lastLines()));
    }
    return ended.printed();
  }

  /**
   * Runs a program, which may fail.
   *
   * @throws StartException when the program isn't there
   */
  static Ended ended(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new StartException(
          "%s isn't there or can't be run: %s".formatted(command.getFirst(), e.getMessage()));
    }
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Ended(process.waitFor(), printed);
  }
}
