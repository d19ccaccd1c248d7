package rondo.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * Sends the lines of the audit log to a collector, in order, at least once each. It remembers in a
 * file up to where they were taken, so that it goes on there after a restart; what rotation deletes
 * before it was taken is counted. Thread-safe.
 */
final class AuditWebhook {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWebhook.class);
  private static final String POSITION = "webhook-position";
  private static final int MOST_LINES = 100;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Where lines are sent. */
  interface Collector {
    /**
     * Sends lines; blocks for some seconds at most.
     *
     * @return why they weren't taken, in words; empty when they were
     */
    String send(byte[] lines);
  }

  private final AuditLog log;
  private final Path position;
  private final Collector collector;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> stop;
  private final LongAdder sent = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile long taken;
  private volatile String failure = "";
  private long pauseNanos = LOOK_NANOS;

  AuditWebhook(AuditLog log, Path folder, Collector collector, Tasks tasks, Time time) {
    this.log = log;
    this.position = folder.resolve(POSITION);
    this.collector = collector;
    this.tasks = tasks;
    this.time = time;
    this.stop = tasks.mailbox();
  }

  void start() throws IOException {
    readPosition();
    tasks.start(
        "audit-webhook",
        () -> {
          do {
            while (deliver()) {
              pauseNanos = LOOK_NANOS;
            }
          } while (stop.take(time.nanos() + pauseNanos) == null);
        });
  }

  void stop() {
    stop.put(true);
  }

  /** Goes on behind what was taken before. */
  void readPosition() throws IOException {
    String text = Files.exists(position) ? Files.readString(position).strip() : "0";
    taken = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Sends the next lines; returns whether there may be more to send at once. */
  boolean deliver() {
    try {
      Batch batch = next();
      if (batch.last() <= taken) {
        return false;
      }
      String why = collector.send(batch.bytes().array());
      if (why.isEmpty()) {
        taken(batch);
        return true;
      }
      failed(why);
    } catch (IOException e) {
      failed("the log can't be read: " + e.getMessage());
    }
    return false;
  }

  private void taken(Batch batch) throws IOException {
    if (!failure.isEmpty()) {
      LOG.info("the webhook takes audit entries again");
      failure = "";
    }
    taken = batch.last();
    sent.add(batch.lines());
    Path next = position.resolveSibling(POSITION + ".new");
    Files.writeString(next, taken + "\n");
    Files.move(next, position, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void failed(String why) {
    failures.increment();
    if (failure.isEmpty()) {
      LOG.warn("the webhook takes no audit entries: {}", why);
    }
    failure = why;
    pauseNanos = Math.min(2 * pauseNanos, MOST_PAUSE_NANOS);
  }

  private record Batch(Bytes bytes, long last, int lines) {}

  /** The lines behind the position, as far as they are on stable storage. */
  private Batch next() throws IOException {
    List<Path> files = log.files().list();
    long until = log.head().number();
    if (until < taken) {
      // The log was begun anew.
      taken = 0;
    }
    for (int i = 0; i < files.size(); i++) {
      boolean isLast = i == files.size() - 1;
      long end = isLast ? until : AuditFiles.firstOf(files.get(i + 1)) - 1;
      if (end > taken) {
        long first = AuditFiles.firstOf(files.get(i));
        if (first > taken + 1) {
          missed.add(first - taken - 1);
          taken = first - 1;
        }
        return batch(files.get(i), first, end);
      }
    }
    return new Batch(Bytes.EMPTY, taken, 0);
  }

  private Batch batch(Path file, long first, long end) throws IOException {
    var bytes = new ByteArrayOutputStream();
    long number = first;
    int lines = 0;
    for (byte[] line : AuditFiles.lines(Files.readAllBytes(file))) {
      if (number > taken && number <= end && lines < MOST_LINES) {
        bytes.writeBytes(line);
        bytes.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
        lines++;
      }
      number++;
    }
    return new Batch(Bytes.wrap(bytes.toByteArray()), taken + lines, lines);
  }

  /** Lines that were taken since the start. */
  long sent() {
    return sent.sum();
  }

  /** Lines that were deleted before they were taken, since the start. */
  long missed() {
    return missed.sum();
  }

  long failures() {
    return failures.sum();
  }

  /** Lines that wait. */
  long waiting() {
    return Math.max(0, log.head().number() - taken);
  }

  /** Why nothing is taken now, in words; empty when all is well. */
  String failure() {
    return failure;
  }
}
