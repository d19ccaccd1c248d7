package rondo.metadata.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, killed in the middle of writing. */
@Tag("process")
final class KillTest {
  private static final int ROUNDS = 6;
  private static final long NUMBERS_PER_ROUND = 1_000_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"log", "rocksdb"})
  @Timeout(120)
  void everything_acknowledged_survives_the_death_of_the_process(String name) throws Exception {
    var random = new Random();
    var acknowledged = new TreeSet<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      Process process = start(name, round * NUMBERS_PER_ROUND);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (int left = 100 + random.nextInt(600); left > 0; left--) {
          acknowledged.add(number(String.valueOf(lines.readLine())));
        }
        process.toHandle().destroyForcibly(); // its output stays readable
        lines
            .lines()
            .filter(line -> line.endsWith(KilledWriter.END))
            .map(KillTest::number)
            .forEach(acknowledged::add);
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      check(name, acknowledged);
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(0, line.length() - KilledWriter.END.length()));
  }

  private Process start(String name, long first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            folder.toString(),
            Long.toString(first),
            name)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void check(String name, Set<Long> acknowledged) {
    try (Engine engine = KilledWriter.open(name, folder)) {
      for (long number : acknowledged) {
        Engine.Entry entry = engine.get(KilledWriter.key(number));
        assertThat(entry).as("acknowledged write %d", number).isNotNull();
      }
      try (Cursor cursor = engine.cursor(KilledWriter.key(0), null)) {
        for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
          long number = Long.parseLong(entry.key().utf8().substring(3));
          assertThat(entry.value()).as("no torn write").isEqualTo(KilledWriter.value(number));
        }
      }
    }
  }
}
