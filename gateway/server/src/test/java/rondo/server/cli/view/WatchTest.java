package rondo.server.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.server.cli.CommandRun;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.StartException;

@Timeout(60)
final class WatchTest {
  @Command(name = "shown")
  static final class Shown {
    @Mixin AdminClient admin = new AdminClient();
    @Mixin Watch watch = new Watch();
  }

  @Test
  void a_screen_is_shown_again_until_it_is_interrupted() throws Exception {
    var shown = new Shown();
    new CommandLine(shown).parseArgs("--watch", "1");
    var two = new CountDownLatch(2);
    Thread watcher =
        Thread.ofVirtual()
            .start(() ->
                shown.watch.show(
                    shown.admin,
                    () -> {
                      two.countDown();
                      throw new StartException("no answer");
                    }));
    assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();
    watcher.interrupt();
    watcher.join();
  }

  @Test
  void a_node_that_does_not_answer_ends_a_command_that_shows_once() {
    CommandRun run = CommandRun.of(Map.of(), "ring", "--watch", "0");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("1 to 3600 seconds");
  }
}
