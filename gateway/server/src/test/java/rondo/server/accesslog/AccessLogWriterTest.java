package rondo.server.accesslog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.port.Time;
import rondo.server.config.log.AccessLogSettings;

@Timeout(60)
final class AccessLogWriterTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  private final AtomicLong now = new AtomicLong();
  private final Time time = new SetTime(now);

  private record SetTime(AtomicLong now) implements Time {
    @Override
    public long wallMicros() {
      return now.get() / 1000;
    }

    @Override
    public long nanos() {
      return now.get();
    }
  }

  /** A sink that hangs until it is released, and may fail. */
  private static final class FakeSink implements LineSink {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean fails;

    @Override
    public void write(byte[] line) throws IOException {
      entered.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (fails) {
        throw new IOException("No space left on device");
      }
      lines.add(new String(line, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void a_disk_that_hangs_costs_lines_and_no_time() throws InterruptedException {
    var sink = new FakeSink();
    var log = new AccessLogWriter(sink, 2, time);
    log.start();
    log.note("1\n");
    sink.entered.await();
    for (int line = 2; line <= 9; line++) {
      log.note(line + "\n");
    }
    assertThat(log.lost()).isEqualTo(6);
    assertThat(log.trouble()).contains("lost 6 lines", "slower than the requests");
    sink.released.countDown();
    assertThat(sink.lines.poll(30, TimeUnit.SECONDS)).isEqualTo("1\n");
    assertThat(sink.lines.poll(30, TimeUnit.SECONDS)).isEqualTo("2\n");
    assertThat(sink.lines.poll(30, TimeUnit.SECONDS)).isEqualTo("3\n");
    log.close();
    assertThat(log.written()).isEqualTo(3);
    now.addAndGet(Duration.ofMinutes(11).toNanos());
    assertThat(log.trouble()).isEmpty();
  }

  @Test
  void a_log_that_hangs_at_the_end_does_not_hold_the_stop() {
    var log = new AccessLogWriter(new FakeSink(), 2, time);
    log.start();
    log.note("1\n");
    log.close();
    assertThat(log.written()).isZero();
  }

  @Test
  void a_full_disk_costs_lines_that_are_counted_and_the_log_goes_on_behind_it()
      throws InterruptedException {
    var sink = new FakeSink();
    sink.fails = true;
    sink.released.countDown();
    var log = new AccessLogWriter(sink, 4, time);
    log.start();
    log.note("1\n");
    sink.entered.await();
    while (log.lost() == 0) {
      Thread.onSpinWait();
    }
    assertThat(log.trouble()).contains("No space left on device");
    sink.fails = false;
    log.note("2\n");
    assertThat(sink.lines.poll(30, TimeUnit.SECONDS)).isEqualTo("2\n");
    log.close();
  }

  @Test
  void all_lines_reach_the_file_before_the_log_is_closed() throws IOException {
    Path file = folder.resolve("new/access.log");
    var log =
        requireNonNull(AccessLogWriter.start(new AccessLogSettings(file.toString(), MIB, 1), time));
    for (int line = 0; line < 100; line++) {
      log.note("line " + line + "\n");
    }
    log.close();
    assertThat(Files.readAllLines(file)).hasSize(100).last().isEqualTo("line 99");
    assertThat(log.lost()).isZero();
  }

  @Test
  void without_a_target_there_is_no_log() {
    assertThat(AccessLogWriter.start(new AccessLogSettings(null, MIB, 1), time)).isNull();
  }

  @Test
  void files_are_bounded_in_size_and_number() throws IOException {
    Path file = folder.resolve("access.log");
    var rotating = new RotatingFile(file, 10, 2, time);
    for (String line : List.of("11111\n", "22222\n", "33333\n", "44444\n")) {
      rotating.write(line.getBytes(StandardCharsets.UTF_8));
    }
    rotating.close();
    assertThat(Files.readString(file)).isEqualTo("44444\n");
    assertThat(Files.readString(folder.resolve("access.log.1"))).isEqualTo("33333\n");
    assertThat(Files.readString(folder.resolve("access.log.2"))).isEqualTo("22222\n");
    assertThat(folder.resolve("access.log.3")).doesNotExist();
  }

  @Test
  void a_file_is_gone_on_with_after_a_restart_and_begun_anew_when_it_was_moved()
      throws IOException {
    Path file = Files.writeString(folder.resolve("access.log"), "before\n");
    var rotating = new RotatingFile(file, MIB, 2, time);
    rotating.write("after\n".getBytes(StandardCharsets.UTF_8));
    rotating.flush();
    assertThat(Files.readString(file)).isEqualTo("before\nafter\n");
    Files.move(file, folder.resolve("moved"));
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    rotating.flush();
    rotating.write("new\n".getBytes(StandardCharsets.UTF_8));
    rotating.close();
    assertThat(Files.readString(file)).isEqualTo("new\n");
  }
}
