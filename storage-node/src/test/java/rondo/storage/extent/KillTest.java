package rondo.storage.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.storage.extent.file.ExtentSettings;

/** A process that is killed while four threads write loses nothing that it has acknowledged. */
@Tag("process")
final class KillTest {
  private static final ExtentSettings SETTINGS = new ExtentSettings(8 << 20, 0, true);
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  /** The process that is killed: prints the chunks that are durable. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      int first = Integer.parseInt(arguments[1]);
      var store =
          ExtentStore.open(
              List.of(Path.of(arguments[0])), SETTINGS, Chunks.TIME, Chunks.randomness(first));
      var next = new AtomicInteger(first);
      for (int thread = 0; thread < 4; thread++) {
        var random = new Random(first + thread);
        Thread.ofPlatform().start(() -> write(store, next, random));
      }
    }

    private static void write(ExtentStore store, AtomicInteger next, Random random) {
      while (true) {
        int number = next.getAndIncrement();
        int length = 1 + random.nextInt(300_000);
        Chunks.put(store, Chunks.id(number), length);
        say("put " + number + " " + length);
        if (random.nextInt(4) == 0) {
          say("dropping " + number);
          store.drop(Chunks.id(number));
          say("dropped " + number);
        }
      }
    }

    private static synchronized void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }

  @Test
  @Timeout(120)
  void nothing_acknowledged_is_lost_and_nothing_is_torn() throws Exception {
    Map<Integer, Integer> lengths = new HashMap<>();
    Map<Integer, String> last = new HashMap<>();
    var random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      run(round * 1_000_000, 20 + random.nextInt(150), lengths, last);
      try (var store = reopen()) {
        last.forEach((number, said) -> {
          if (said.equals("put")) {
            Chunks.check(store, Chunks.id(number), lengths.getOrDefault(number, 0));
          } else if (said.equals("dropped")) {
            assertThat(store.contains(Chunks.id(number))).isFalse();
          }
        });
        store.names(null, 100_000).forEach(id -> assertThat(Chunks.read(store, id)).isNotEmpty());
      }
    }
    assertThat(lengths).hasSizeGreaterThan(100);
  }

  private ExtentStore reopen() {
    return ExtentStore.open(List.of(folder), SETTINGS, Chunks.TIME, Chunks.randomness(7));
  }

  private void run(int first, int lines, Map<Integer, Integer> lengths, Map<Integer, String> last)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      int seen = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (++seen == lines) {
          // Killed through its handle, so that its remaining output can be read.
          process.toHandle().destroyForcibly();
        }
        note(line.split(" "), lengths, last);
      }
      assertThat(seen).isGreaterThanOrEqualTo(lines);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The last line may be cut by the kill. */
  private static void note(
      String[] words, Map<Integer, Integer> lengths, Map<Integer, String> last) {
    if (words.length < (words[0].equals("put") ? 3 : 2)) {
      return;
    }
    int number = Integer.parseInt(words[1]);
    if (words[0].equals("put")) {
      lengths.put(number, Integer.parseInt(words[2]));
    }
    last.put(number, words[0]);
  }
}
