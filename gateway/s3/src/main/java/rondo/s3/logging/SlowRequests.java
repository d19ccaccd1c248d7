package rondo.s3.logging;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import rondo.ring.port.Time;
import rondo.store.trace.RequestPart;

/**
 * Writes a line for each request that took long, at most ten a second: when all are slow, more of
 * them would make it worse. Thread-safe.
 */
public final class SlowRequests implements RequestObserver {
  private static final int MOST = 10;

  /** Of a line; enough for three replicas in two rounds, twice. */
  private static final int MOST_PARTS = 12;

  private static final double MILLION = 1e6;

  private final long thresholdNanos;
  private final Consumer<String> lines;
  private final Time time;
  private long second;
  private int written;
  private long leftOut;

  /**
   * @param threshold from which time on a request is slow
   * @param lines takes each line
   */
  public SlowRequests(Duration threshold, Consumer<String> lines, Time time) {
    this.thresholdNanos = threshold.toNanos();
    this.lines = lines;
    this.time = time;
  }

  @Override
  public void ended(EndedRequest request) {
    if (request.nanos() < thresholdNanos) {
      return;
    }
    long more = room();
    if (more >= 0) {
      lines.accept(line(request) + (more == 0 ? "" : "; before it " + more + " were left out"));
    }
  }

  /** How many lines were left out before this one; -1 when it is left out itself. */
  private synchronized long room() {
    long now = TimeUnit.NANOSECONDS.toSeconds(time.nanos());
    if (now != second) {
      second = now;
      written = 0;
    }
    if (written >= MOST) {
      leftOut++;
      return -1;
    }
    written++;
    long before = leftOut;
    leftOut = 0;
    return before;
  }

  /** The slowest parts, each with its node and the time at which it began. */
  private static String parts(EndedRequest.Times times) {
    List<RequestPart> slowest =
        times.parts().stream()
            .sorted(Comparator.comparingLong((RequestPart part) -> -lasted(part)))
            .limit(MOST_PARTS)
            .sorted(Comparator.comparingLong(RequestPart::startNanos))
            .toList();
    return slowest.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "; %.0f until its sender", times.senderNanos() / MILLION)
            + slowest.stream().map(part -> text(part, times)).collect(joining());
  }

  private static String text(RequestPart part, EndedRequest.Times times) {
    return String.format(
        Locale.ROOT,
        ", %s%s at %.0f for %.0f%s",
        part.name(),
        part.node().isEmpty() ? "" : " of node " + part.node(),
        (part.startNanos() - times.startNanos()) / MILLION,
        lasted(part) / MILLION,
        part.ended() ? "" : " (not awaited)");
  }

  private static long lasted(RequestPart part) {
    return part.endNanos() - part.startNanos();
  }

  private static String line(EndedRequest request) {
    EndedRequest.Names names = request.names();
    return String.format(
        Locale.ROOT,
        "slow request %s: %s, %s by %s, status %s, %.0f ms: %.0f until its answer, %.0f to send it;"
            + " %d bytes in, %d out%s",
        names.id(),
        request.operation(),
        names.target(),
        names.account().isEmpty() ? "an anonymous client" : "'" + names.account() + "'",
        request.errorCode().isEmpty()
            ? Integer.toString(request.status())
            : request.status() + " " + request.errorCode(),
        request.nanos() / MILLION,
        request.answeredNanos() / MILLION,
        (request.nanos() - request.answeredNanos()) / MILLION,
        request.receivedBytes(),
        request.sentBytes(),
        parts(request.times()));
  }
}
