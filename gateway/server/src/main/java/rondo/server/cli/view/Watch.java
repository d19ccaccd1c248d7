package rondo.server.cli.view;

import java.io.Console;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.StartException;

/** The option to show something again and again, until the command is interrupted. */
final class Watch {
  /** Moves the cursor to the first column of the first line, and erases the rest of the screen. */
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private static final int MOST_SECONDS = 3600;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "2",
      description = "Shows it anew every so many seconds, 2 if none are said, until interrupted.")
  @Nullable Integer seconds;

  /**
   * Shows it once, or with {@code --watch} until the thread is interrupted. While that lasts, a
   * node that doesn't answer is told of in its place.
   */
  int show(AdminClient admin, Runnable screen) {
    if (seconds == null) {
      screen.run();
      return 0;
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("--watch takes 1 to " + MOST_SECONDS + " seconds");
    }
    while (true) {
      if (isSeen() && !admin.isJson()) {
        admin.out().print(CLEAR);
      }
      try {
        screen.run();
      } catch (StartException now) {
        admin.say("rondo: " + now.getMessage());
      }
      try {
        TimeUnit.SECONDS.sleep(seconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }
  }

  /** A runtime without the module jdk.internal.le has no console when its input is no terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isSeen() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
