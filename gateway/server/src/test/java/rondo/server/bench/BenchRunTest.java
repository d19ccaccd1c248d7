package rondo.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("node")
final class BenchRunTest {
  private final MemoryS3 s3 = new MemoryS3();

  @AfterEach
  void close() {
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put",
        "get --verify",
        "get --verify --prefixes 7 --size 1:1,700KiB:1",
        "list --prefixes 3",
        "delete --objects 100",
        "multipart --size 17MiB --part-size 5MiB --count 3",
        "mixed --verify --sign-payload --threads 2",
        "put --rate 2000",
        "put --overwrite --objects 5"
      })
  void every_workload_runs_without_an_error(String workload) {
    Run run = run("--workload " + workload);
    assertThat(run.status).as(run.output).isZero();
    assertThat(run.output).contains("client ").doesNotContain(" x ");
  }

  @Test
  void what_is_written_is_what_the_number_says() {
    run("--workload multipart --size 12MiB --part-size 5MiB --count 1");
    var content = new ObjectContent();
    ObjectContent.Body expected = content.of(0, 12 << 20);
    assertThat(s3.objects).hasSize(1);
    Buffer stored = s3.objects.values().iterator().next();
    assertThat(stored.length()).isEqualTo(12 << 20);
    assertThat(content.matches(expected, 0, stored)).isTrue();
    assertThat(content.matches(expected, 1, stored.slice(1, 100))).isTrue();
    assertThat(content.matches(expected, 2, stored.slice(1, 100))).isFalse();
  }

  @Test
  void a_corrupt_object_is_seen_when_bytes_are_verified() {
    s3.corrupt = true;
    assertThat(run("--workload get --size 1KiB").output).doesNotContain(" x ");
    assertThat(run("--workload get --size 1KiB --verify").output)
        .contains("x the object is not what was written");
  }

  @Test
  void errors_are_counted_by_status_and_code() {
    assertThat(run("--workload get --no-prepare").output).contains("100 x 404 NoSuchKey");
  }

  @Test
  void results_are_written_read_and_compared(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("a.json");
    run("--workload put --pids " + ProcessHandle.current().pid() + " --json " + json);
    assertThat(Files.readString(json)).contains("\"p999\"").contains("\"peakBytes\"");
    assertThat(run("--compare " + json + " " + json).output)
        .containsPattern("put ops/s +[0-9.]+ +[0-9.]+ +1.00");
  }

  @Test
  void a_dead_endpoint_is_said_in_one_line() {
    s3.close();
    Run run = run("--workload put");
    assertThat(run.status).isEqualTo(1);
    assertThat(run.output).startsWith("rondo bench: the endpoint does not work: ");
  }

  @Test
  void sizes_and_shares_are_drawn_by_weight() {
    var sizes = SizeDistribution.parse("4KiB:70,1MiB:30");
    long small = 0;
    for (long number = 0; number < 10_000; number++) {
      small += sizes.pick(KeyLayout.mix(number)) == 4096 ? 1 : 0;
    }
    assertThat(small).isBetween(6_700L, 7_300L);
    assertThatThrownBy(() -> SizeDistribution.parse("4KiB:0"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BenchWorkload.parse("swim")).hasMessageContaining("none of put");
  }

  @Test
  void a_schedule_starts_operations_at_even_distances() {
    var phase = new BenchPhase(10, 3, Long.MAX_VALUE, 1000);
    assertThat(phase.intendedNanos(2) - phase.intendedNanos(0)).isEqualTo(2_000_000);
    assertThat(List.of(phase.next(), phase.next(), phase.next(), phase.next()))
        .containsExactly(0L, 1L, 2L, -1L);
    assertThat(phase.end()).isEqualTo(13);
  }

  private record Run(int status, String output) {}

  private Run run(String options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--endpoint", s3.endpoint().toString(), "--warmup", "0"));
    arguments.addAll(List.of("--access-key", "KEY", "--secret-key", "secret"));
    if (!options.contains("--count")) {
      arguments.addAll(List.of("--count", "100"));
    }
    if (!options.contains("--objects")) {
      arguments.addAll(List.of("--objects", "20"));
    }
    arguments.addAll(List.of(options.split(" ", -1)));
    var output = new StringWriter();
    int status =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output))
            .execute(arguments.toArray(String[]::new));
    return new Run(status, output.toString());
  }
}
